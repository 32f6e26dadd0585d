package dev.patchbay.desktop.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadListTest {
    private static final UserId ME = new UserId(new UUID(1, 1));
    private static final UserId BEN = new UserId(new UUID(1, 2));
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private long nanos;
    private final LeadList list = new LeadList(ME, () -> nanos);

    private static Lead lead(int number, long version, @Nullable UserId owner, String stage) {
        return new Lead(
                new LeadId(new UUID(2, number)),
                "Lead " + number,
                "+4922155" + (10_000 + number),
                null,
                "web",
                stage,
                owner,
                owner == null ? null : "Somebody",
                null,
                List.of(),
                Map.of(),
                null,
                version,
                NOON.minusSeconds(number),
                NOON);
    }

    private List<Lead> leads(int count) {
        List<Lead> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(lead(i, 1, null, "new"));
        }
        return all;
    }

    @Test
    void aClaimedLeadLeavesTheTankAndTheCountsFollow() {
        list.load(leads(10));
        list.apply(List.of(lead(3, 2, BEN, "new"), lead(4, 2, ME, "new")), List.of());
        assertThat(list.shown()).hasSize(8);
        assertThat(list.count(LeadList.Tab.TANK).get()).isEqualTo(8);
        assertThat(list.count(LeadList.Tab.MINE).get()).isEqualTo(1);
        list.show(LeadList.Tab.MINE);
        assertThat(list.shown()).extracting(row -> row.lead().name()).containsExactly("Lead 4");
    }

    @Test
    void anOlderVersionIsPassedOver() {
        list.load(leads(2));
        list.apply(List.of(lead(1, 3, ME, "won")), List.of());
        list.apply(List.of(lead(1, 2, null, "new")), List.of());
        assertThat(list.count(LeadList.Tab.MINE).get()).isEqualTo(1);
    }

    @Test
    void everyWordOfTheSearchMustOccur() {
        list.load(leads(20));
        list.search("lead 1 WEB");
        assertThat(list.shown()).hasSize(20); // the numbers hold a 1 as well
        list.search("lead +492215510007");
        assertThat(list.shown()).extracting(row -> row.lead().name()).containsExactly("Lead 7");
    }

    @Test
    void whatIsShownIsWhatASortedFilterOfEverythingWouldShow() {
        Random random = new Random(7);
        list.load(leads(200));
        List<Lead> truth = new ArrayList<>(leads(200));
        for (int step = 0; step < 400; step++) {
            int at = random.nextInt(truth.size());
            Lead was = truth.get(at);
            UserId owner = random.nextBoolean() ? null : ME;
            Lead now = new Lead(
                    was.id(),
                    was.name(),
                    was.phone(),
                    was.email(),
                    was.source(),
                    was.stage(),
                    owner,
                    null,
                    null,
                    was.tags(),
                    was.fields(),
                    null,
                    was.version() + 1,
                    NOON.minusSeconds(random.nextInt(500)),
                    NOON);
            truth.set(at, now);
            list.apply(List.of(now), List.of());
        }
        assertThat(list.shown())
                .extracting(LeadRow::lead)
                .containsExactlyElementsOf(truth.stream()
                        .filter(lead -> lead.ownerId() == null)
                        .sorted(Comparator.comparing(Lead::createdAt).reversed().thenComparing(lead -> lead.id()
                                .value()))
                        .toList());
    }

    @Test
    void fiftyThousandChangesASecondToAHundredThousandRowsMakeTheShownListNewTwiceASecond() {
        list.load(leads(100_000));
        int[] changes = new int[1];
        list.shown().addListener((ListChangeListener<LeadRow>) _ -> changes[0]++);
        Random random = new Random(1);
        long version = 1;
        for (int tenth = 0; tenth < 20; tenth++) {
            version++;
            List<Lead> batch = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                int number = random.nextInt(100_000);
                batch.add(lead(number, version, random.nextInt(4) == 0 ? BEN : null, "contacted"));
            }
            nanos += 100_000_000L;
            list.apply(batch, List.of());
            list.settle();
        }
        assertThat(changes[0]).isBetween(3, 5);
        nanos += LeadList.PAUSE;
        list.settle();
        assertThat(list.shown()).hasSize(list.count(LeadList.Tab.TANK).get());
    }

    @Test
    void changesThatMoveNothingTouchNeitherListNorUnseenRows() {
        list.load(leads(1_000));
        int[] changes = new int[1];
        list.shown().addListener((ListChangeListener<LeadRow>) _ -> changes[0]++);
        List<Lead> batch = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            batch.add(lead(i, 2, null, "contacted"));
        }
        list.apply(batch, List.of());
        assertThat(changes[0]).isZero();
        assertThat(list.shown().getFirst().lead().stage()).isEqualTo("contacted");
    }

    @Test
    void aHiddenLeadComesBackToItsPlace() {
        list.load(leads(5));
        list.hide(new LeadId(new UUID(2, 2)));
        assertThat(list.count(LeadList.Tab.TANK).get()).isEqualTo(4);
        list.unhide(new LeadId(new UUID(2, 2)));
        assertThat(list.shown()).extracting(row -> row.lead().name()).element(2).isEqualTo("Lead 2");
    }
}
