package dev.patchbay.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/// The arrows of the console: words ← controls ← shell ← screens ← the composition root; session and voice stand beside
/// them and know no screen.
@AnalyzeClasses(packages = "dev.patchbay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.patchbay.desktop";
    private static final String SERVER = "dev.patchbay.server";

    private static final Set<String> DOORS = Set.of(
            SERVER + ".PatchbayServer",
            SERVER + ".Config",
            SERVER + ".Setting",
            SERVER + ".CannotStart",
            SERVER + ".Logging",
            SERVER + ".Main",
            SERVER + ".access.Refusal");

    private static final DescribedPredicate<JavaClass> INSIDE_OF_THE_SERVER =
            DescribedPredicate.describe("are inside of the server", type -> {
                String name = type.getName();
                int nested = name.indexOf('$');
                return name.startsWith(SERVER + ".") && !DOORS.contains(nested < 0 ? name : name.substring(0, nested));
            });

    @ArchTest
    static final ArchRule theConsoleSpeaksToTheServerOverTheWire = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .dependOnClassesThat(INSIDE_OF_THE_SERVER)
            .because("a server in the same process is started and stopped here, and otherwise a server like any other");

    @ArchTest
    static final ArchRule whoStartsAServerIsTheCompositionRootAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackages(ROOT, ROOT + ".console..", ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER + "..")
            .because("screens, session and voice work the same with a server far away");

    @ArchTest
    static final ArchRule theVoiceProcessKnowsTheVoicePortAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + ".voice.engine..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are elsewhere in Patchbay",
                    type -> type.getName().startsWith("dev.patchbay.")
                            && !type.getPackageName().equals(ROOT + ".voice")
                            && !type.getPackageName().startsWith(ROOT + ".voice.engine")))
            .because("it is a process of its own, so that a crash of native code takes nothing else along");

    @ArchTest
    static final ArchRule nobodyButItsProcessTouchesTheVoiceEngine = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackage(ROOT + ".voice..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".voice.engine..", "dev.onvoid.webrtc..")
            .because("an exception in a native callback would end the console");

    @ArchTest
    static final ArchRule theSessionKnowsNeitherSoftphoneNorScreens = noClasses()
            .that()
            .resideInAPackage(ROOT + ".session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".calls..",
                    ROOT + ".console..",
                    ROOT + ".controls..",
                    ROOT + ".demo..",
                    ROOT + ".leads..",
                    ROOT + ".line..",
                    ROOT + ".scenes..",
                    ROOT + ".settings..",
                    ROOT + ".shell..",
                    ROOT + ".softphone..",
                    ROOT + ".start..",
                    ROOT + ".voice..",
                    ROOT + ".words..",
                    "javafx.application..",
                    "javafx.scene..",
                    "javafx.stage..")
            .because("what the server said is kept for whoever shows it, with a window or without");

    @ArchTest
    static final ArchRule wordsAndControlsKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".words..", ROOT + ".controls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".calls..",
                    ROOT + ".console..",
                    ROOT + ".demo..",
                    ROOT + ".leads..",
                    ROOT + ".line..",
                    ROOT + ".scenes..",
                    ROOT + ".session..",
                    ROOT + ".settings..",
                    ROOT + ".shell..",
                    ROOT + ".softphone..",
                    ROOT + ".start..",
                    ROOT + ".voice..")
            .because("every screen is made of them");
}
