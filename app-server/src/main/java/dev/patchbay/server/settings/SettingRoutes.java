package dev.patchbay.server.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.store.Database;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/settings`.
public final class SettingRoutes implements Route.Feature {
    private final Settings settings;
    private final Preferences preferences;
    private final Supplier<List<SystemSetting>> system;

    /// A setting of the installation, as `--print-config` lists it.
    ///
    /// @param value masked when it is a secret; null when it is not set
    /// @param origin where the value comes from
    public record SystemSetting(
            String key, @Nullable String value, @Nullable String initial, String origin, String description) {}

    record SystemSettings(List<SystemSetting> items) {}

    public SettingRoutes(Database database, Supplier<List<SystemSetting>> system) {
        this.settings = new Settings(database);
        this.preferences = new Preferences(database);
        this.system = system;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/settings/system",
                        Access.needs(Permission.SYSTEM_SETTINGS),
                        "The installation's settings, secrets masked.",
                        SystemSettings.class,
                        _ -> new SystemSettings(system.get())),
                Route.get(
                        "/settings/company/{companyId}",
                        Access.SIGNED_IN,
                        "How the company works; administrators of the installation see any.",
                        CompanySettings.class,
                        request -> settings.of(company(request))),
                Route.put(
                        "/settings/company/{companyId}",
                        Access.needs(Permission.COMPANY_MANAGE),
                        "Changes how the company works; what is absent stays.",
                        Settings.Change.class,
                        CompanySettings.class,
                        request -> settings.change(company(request), request.body(Settings.Change.class))),
                Route.get(
                        "/settings/user/preferences",
                        Access.SIGNED_IN,
                        "The own preferences, with defaults for what was never chosen.",
                        JsonNode.class,
                        request -> preferences.of(request.user())),
                Route.put(
                        "/settings/user/preferences",
                        Access.SIGNED_IN,
                        "Merges into the own preferences: what is not named stays, null takes away.",
                        JsonNode.class,
                        JsonNode.class,
                        request -> preferences.merge(request.user(), request.body(JsonNode.class))),
                Route.get(
                        "/settings/themes",
                        Access.SIGNED_IN,
                        "The themes that can be chosen.",
                        Choosable.Themes.class,
                        _ -> Choosable.THEMES),
                Route.get(
                        "/settings/languages",
                        Access.SIGNED_IN,
                        "The languages that can be chosen.",
                        Choosable.Languages.class,
                        _ -> Choosable.LANGUAGES));
    }

    /// The company in the path: the own one, or any for whoever runs the installation.
    private static CompanyId company(Request request) {
        CompanyId id = request.id("companyId", CompanyId::of, "company");
        if (!id.equals(request.company()) && !request.user().may(Permission.COMPANIES_MANAGE)) {
            throw Refusal.notFound("company");
        }
        return id;
    }
}
