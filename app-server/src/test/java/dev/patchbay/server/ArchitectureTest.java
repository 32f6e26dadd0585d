package dev.patchbay.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of `ARCHITECTURE.md`: model ← store ← access ← http, live ← features ← the composition root.
@AnalyzeClasses(packages = "dev.patchbay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.patchbay.server";

    @ArchTest
    static final ArchRule theModelKnowsNobody = noClasses()
            .that()
            .resideInAPackage("dev.patchbay.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "..", "java.sql..", "java.net.http..", "io.javalin..")
            .because("what travels on the wire is shared with consoles and does no I/O");

    @ArchTest
    static final ArchRule theStoreKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage(ROOT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".access..",
                    ROOT + ".http..",
                    ROOT + ".live..",
                    ROOT + ".identity..",
                    ROOT + ".calls..",
                    ROOT + ".leads..",
                    ROOT + ".telephony..")
            .because("transactions and the event log serve every feature alike");

    @ArchTest
    static final ArchRule accessKnowsNeitherEdgesNorFeatures = noClasses()
            .that()
            .resideInAPackage(ROOT + ".access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".http..",
                    ROOT + ".live..",
                    ROOT + ".identity..",
                    ROOT + ".calls..",
                    ROOT + ".leads..",
                    ROOT + ".telephony..")
            .because("who asks and what they may do is said in the same words on REST and on /live");

    @ArchTest
    static final ArchRule theEdgesKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".http..", ROOT + ".live..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".identity..", ROOT + ".calls..", ROOT + ".leads..", ROOT + ".telephony..")
            .because("features hang themselves into the edges by routes and commands");

    @ArchTest
    static final ArchRule identityKnowsNoOtherFeature = noClasses()
            .that()
            .resideInAPackage(ROOT + ".identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".live..", ROOT + ".calls..", ROOT + ".leads..", ROOT + ".telephony..")
            .because("sign-in must work whatever else does not");

    @ArchTest
    static final ArchRule leadsKnowNoOtherFeature = noClasses()
            .that()
            .resideInAPackage(ROOT + ".leads..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".calls..", ROOT + ".identity..")
            .because("calls ask for a matching lead through a port that the composition root fills");

    @ArchTest
    static final ArchRule callsAskLeadsThroughTheirPort = noClasses()
            .that()
            .resideInAPackage(ROOT + ".calls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".leads..")
            .because("calls ask for a matching lead through a port that the composition root fills");

    @ArchTest
    static final ArchRule onlyTheEdgesKnowTheHttpServer = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".http..", ROOT + ".live..", ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .because("a use case is the same whichever way it is asked for");

    @ArchTest
    static final ArchRule nobodyPrintsButTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .accessField(System.class, "out")
            .because("standard output belongs to the command line; everybody else logs");
}
