package dev.patchbay.server;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.audit.Audit;
import dev.patchbay.server.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `admin audit-verify`.
@Command(
        name = "audit-verify",
        description = "Proves that nobody changed or removed an entry of the audit log; exits 1 when somebody did.",
        mixinStandardHelpOptions = true)
final class AuditVerify implements Callable<Integer> {
    @Mixin
    final Main.Place place = new Main.Place();

    private record Company(CompanyId id, String slug) {}

    @Override
    public Integer call() {
        Config config = place.config(Map.of());
        Startup.prepare(config);
        boolean all = true;
        try (Database database = Startup.open(config, InstantSource.system())) {
            Audit audit = new Audit(database);
            for (Company company : companies(database)) {
                Audit.Verdict verdict = audit.verify(company.id());
                all &= verdict.ok();
                System.out.println(line(company, verdict));
            }
        }
        return all ? 0 : 1;
    }

    /// Those that were closed as well.
    private static List<Company> companies(Database database) {
        return database.acrossCompanies(handle -> handle.createQuery("select id, slug from company order by slug")
                .map((row, _) -> new Company(new CompanyId(row.getObject("id", UUID.class)), row.getString("slug")))
                .list());
    }

    private static String line(Company company, Audit.Verdict verdict) {
        return verdict.ok()
                ? "good  %s: %d entries, the last hash is %s".formatted(company.slug(), verdict.rows(), verdict.head())
                : "BAD   %s: entry %d. %s The %d before it are good."
                        .formatted(company.slug(), verdict.firstBad(), verdict.because(), verdict.rows());
    }
}
