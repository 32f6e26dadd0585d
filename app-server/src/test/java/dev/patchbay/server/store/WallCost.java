package dev.patchbay.server.store;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.TestDatabase;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What row-level security costs: reads of one row by key, through the wall and past it, in turns. A program, not a
/// test: prints microseconds.
public final class WallCost {
    private static final int READS = 3_000;
    private static final int ROUNDS = 7;

    private WallCost() {}

    private interface Read {
        void run(int number);
    }

    public static void main(String[] args) {
        TestDatabase place = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        List<CompanyId> companies = List.of(CompanyId.fresh(), CompanyId.fresh());
        try (Database database = Database.open(place.address(1), InstantSource.system())) {
            database.<Integer>acrossCompanies(handle -> {
                for (CompanyId company : companies) {
                    handle.execute(
                            "insert into company (id, slug, name, region) values (?, ?, 'x', 'US')",
                            company.value(),
                            company.toString().substring(24));
                    handle.execute(
                            "insert into lead (company_id, name, phone) select ?, 'n' || i, '+1' || i"
                                    + " from generate_series(1, 5000) i",
                            company.value());
                }
                return 0;
            });
            long[][] nanos = new long[3][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                nanos[0][round] = time(_ -> past(database, companies.getFirst()));
                nanos[1][round] = time(_ -> database.read(companies.getFirst(), WallCost::one));
                nanos[2][round] = time(i -> database.read(companies.get(i % 2), WallCost::one));
            }
            String[] names = {"as owner, no wall", "one company after itself", "companies in turn"};
            for (int i = 0; i < names.length; i++) {
                Arrays.sort(nanos[i]);
                System.out.printf(
                        "%-26s median %d µs (%d – %d)%n",
                        names[i], nanos[i][ROUNDS / 2] / 1000, nanos[i][0] / 1000, nanos[i][ROUNDS - 1] / 1000);
            }
        } finally {
            place.drop();
        }
    }

    private static long time(Read read) {
        long begin = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            read.run(i);
        }
        return (System.nanoTime() - begin) / READS;
    }

    private static int one(Transaction transaction) {
        return one(transaction.handle(), transaction.company());
    }

    private static int one(Handle handle, CompanyId company) {
        return handle.createQuery("select count(*) from lead where company_id = :company and phone = '+1777'")
                .bind("company", company.value())
                .mapTo(Integer.class)
                .one();
    }

    private static int past(Database database, CompanyId company) {
        return database.acrossCompanies(handle -> one(handle, company));
    }
}
