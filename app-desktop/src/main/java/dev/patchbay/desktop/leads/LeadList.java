package dev.patchbay.desktop.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Every lead the user may see, and the ones that the chosen tab and the search show, in order.
///
/// A change that does not move a row costs a map look-up. A few rows that move are moved one by one, so that selection
/// and scrolling stay; many at once make the shown list new, twice a second at most (see [#settle]). JavaFX thread
/// only.
public final class LeadList {
    /// Which leads are shown.
    public enum Tab {
        /// Nobody's.
        TANK,
        /// The user's own.
        MINE,
        ALL
    }

    /// Above this many moved rows in one batch the shown list is made new.
    static final int FEW = 24;

    /// Nanoseconds between two times that the shown list is made new because of changes.
    static final long PAUSE = 500_000_000L;

    /// The newest lead first: the one whose caller is still beside the phone.
    public static final Comparator<Lead> NEWEST =
            Comparator.comparing(Lead::createdAt).reversed();

    private static final Comparator<Lead> SAME =
            Comparator.comparing(lead -> lead.id().value());

    private final UserId me;
    private final LongSupplier nanos;
    private final Map<LeadId, LeadRow> rows = new HashMap<>();
    private final Set<LeadId> hidden = new HashSet<>();
    private final ObservableList<LeadRow> shown = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper tank = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper mine = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper all = new ReadOnlyIntegerWrapper();
    private Tab tab = Tab.TANK;
    private String[] words = {};
    private Comparator<Lead> order = NEWEST.thenComparing(SAME);
    private boolean unsettled;
    private long settledAt;

    /// @param nanos a clock that only goes forward, such as `System::nanoTime`
    public LeadList(UserId me, LongSupplier nanos) {
        this.me = me;
        this.nanos = nanos;
        this.settledAt = nanos.getAsLong() - PAUSE;
    }

    public ObservableList<LeadRow> shown() {
        return FXCollections.unmodifiableObservableList(shown);
    }

    public ReadOnlyIntegerProperty count(Tab of) {
        return switch (of) {
            case TANK -> tank.getReadOnlyProperty();
            case MINE -> mine.getReadOnlyProperty();
            case ALL -> all.getReadOnlyProperty();
        };
    }

    public Tab tab() {
        return tab;
    }

    public void show(Tab newTab) {
        tab = newTab;
        renew();
    }

    /// @param query words that must all occur; empty for no search
    public void search(String query) {
        String typed = query.strip().toLowerCase(Locale.ROOT);
        words = typed.isEmpty() ? new String[0] : typed.split("\\s+");
        renew();
    }

    /// @param newOrder null for the newest first
    public void sort(@Nullable Comparator<Lead> newOrder) {
        order = (newOrder == null ? NEWEST : newOrder.thenComparing(NEWEST)).thenComparing(SAME);
        renew();
    }

    public @Nullable LeadRow row(LeadId id) {
        return rows.get(id);
    }

    /// Everything anew, after a start or a reset.
    public void load(Collection<Lead> leads) {
        rows.clear();
        for (Lead lead : leads) {
            rows.put(lead.id(), new LeadRow(lead));
        }
        recount();
        renew();
    }

    /// Takes changes in. An older version than the one shown is passed over.
    public void apply(Collection<Lead> changed, Collection<LeadId> gone) {
        List<LeadRow> moved = new ArrayList<>();
        List<LeadRow> removed = new ArrayList<>();
        for (Lead lead : changed) {
            LeadRow row = rows.get(lead.id());
            if (row == null) {
                row = new LeadRow(lead);
                rows.put(lead.id(), row);
                count(lead, 1);
                moved.add(row);
            } else if (lead.version() > row.lead().version()) {
                Lead before = row.lead();
                boolean was = belongs(row);
                row.put(lead);
                if (!Objects.equals(before.ownerId(), lead.ownerId())) {
                    count(before, -1);
                    count(lead, 1);
                }
                if (was != belongs(row) || (was && order.compare(before, lead) != 0)) {
                    moved.add(row);
                }
            }
        }
        for (LeadId id : gone) {
            LeadRow row = rows.remove(id);
            if (row != null) {
                count(row.lead(), -1);
                hidden.remove(id);
                removed.add(row);
            }
        }
        if (moved.size() + removed.size() > FEW || unsettled) {
            unsettled = true;
            settle();
        } else {
            // All out before the first goes in: the search for its place needs the rest in order.
            removed.forEach(shown::remove);
            moved.forEach(shown::remove);
            moved.forEach(this::insert);
        }
    }

    /// Makes the shown list right again when a burst left it behind and the pause is over; called every 100 ms.
    ///
    /// @return whether it still waits
    public boolean settle() {
        if (unsettled && nanos.getAsLong() - settledAt >= PAUSE) {
            renew();
        }
        return unsettled;
    }

    /// Takes a row out of sight while its deletion can be undone.
    public void hide(LeadId id) {
        LeadRow row = rows.get(id);
        if (row != null && hidden.add(id)) {
            shown.remove(row);
            recount();
        }
    }

    public void unhide(LeadId id) {
        LeadRow row = rows.get(id);
        if (hidden.remove(id) && row != null) {
            insert(row);
            recount();
        }
    }

    private void insert(LeadRow row) {
        if (belongs(row)) {
            int at = Collections.binarySearch(shown, row, (a, b) -> order.compare(a.lead(), b.lead()));
            shown.add(at < 0 ? -at - 1 : at, row);
        }
    }

    private void renew() {
        List<LeadRow> now = new ArrayList<>(rows.size());
        for (LeadRow row : rows.values()) {
            if (belongs(row)) {
                now.add(row);
            }
        }
        now.sort((a, b) -> order.compare(a.lead(), b.lead()));
        shown.setAll(now);
        unsettled = false;
        settledAt = nanos.getAsLong();
    }

    private boolean belongs(LeadRow row) {
        Lead lead = row.lead();
        boolean inTab =
                switch (tab) {
                    case TANK -> lead.ownerId() == null;
                    case MINE -> me.equals(lead.ownerId());
                    case ALL -> true;
                };
        return inTab && row.matches(words) && !hidden.contains(lead.id());
    }

    private void recount() {
        int unowned = 0;
        int own = 0;
        int total = 0;
        for (LeadRow row : rows.values()) {
            if (!hidden.contains(row.id())) {
                total++;
                unowned += row.lead().ownerId() == null ? 1 : 0;
                own += me.equals(row.lead().ownerId()) ? 1 : 0;
            }
        }
        tank.set(unowned);
        mine.set(own);
        all.set(total);
    }

    private void count(Lead lead, int by) {
        if (hidden.contains(lead.id())) {
            return;
        }
        all.set(all.get() + by);
        if (lead.ownerId() == null) {
            tank.set(tank.get() + by);
        } else if (me.equals(lead.ownerId())) {
            mine.set(mine.get() + by);
        }
    }
}
