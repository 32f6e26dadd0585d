package dev.patchbay.desktop.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The first steps by the keyboard alone.
@ExtendWith(ApplicationExtension.class)
class StartViewTest {
    private final SampleStart server = new SampleStart();
    private final List<String> done = new ArrayList<>();
    private StartView view;

    @Start
    void start(Stage stage) {
        Words.speak(Locale.ENGLISH);
        view = new StartView(server, () -> done.add("console"));
        Scene scene = new Scene(view, 1000, 860);
        new Look().dress(scene);
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @Test
    void aServerIsStartedAndTheConsoleOpenedWithoutAMouse(FxRobot robot) {
        robot.push(KeyCode.SPACE);
        robot.write("Solar Demo");
        robot.push(KeyCode.TAB);
        robot.write("Anna Keller");
        robot.push(KeyCode.TAB);
        robot.write("anna@example.com");
        robot.push(KeyCode.TAB);
        robot.write("sunny roofs 12");
        robot.push(KeyCode.ENTER);
        until(() -> says("Your server runs"));
        assertThat(server.created())
                .containsExactly(new StartActions.NewServer(
                        "Solar Demo", "Anna Keller", "anna@example.com", "sunny roofs 12", null));
        robot.push(KeyCode.ENTER);
        until(() -> done.contains("console"));
    }

    @Test
    void mistakesAreToldUnderTheirFieldsAndNothingTypedIsLost(FxRobot robot) {
        robot.push(KeyCode.SPACE);
        robot.write("Solar Demo");
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.TAB);
        robot.write("anna");
        robot.push(KeyCode.ENTER);
        assertThat(server.created()).isEmpty();
        assertThat(says("Type your name.")).isTrue();
        assertThat(says("This is no e-mail address, such as anna@example.com.")).isTrue();
        assertThat(says("A password needs at least 8 characters.")).isTrue();
        assertThat(field(robot, "#company").getText()).isEqualTo("Solar Demo");
        assertThat(field(robot, "#email").getText()).isEqualTo("anna");
    }

    @Test
    void whatTheServerRefusesIsSaidAndTheFormStays(FxRobot robot) {
        robot.push(KeyCode.SPACE);
        robot.interact(() -> {
            field(robot, "#company").setText("taken");
            field(robot, "#name").setText("Anna");
            field(robot, "#email").setText("anna@example.com");
            field(robot, "#password").setText("sunny roofs 12");
        });
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#problem").query().isVisible());
        assertThat(field(robot, "#password").getText()).isEqualTo("sunny roofs 12");
        assertThat(field(robot, "#company").getText()).isEqualTo("taken");
    }

    @Test
    void colleaguesAreLetInOnlyWhenAskedForAndTheFingerprintIsShown(FxRobot robot) {
        robot.push(KeyCode.SPACE);
        robot.interact(() -> {
            field(robot, "#company").setText("Solar Demo");
            field(robot, "#name").setText("Anna");
            field(robot, "#email").setText("anna@example.com");
            field(robot, "#password").setText("sunny roofs 12");
            robot.lookup(node ->
                            node instanceof CheckBox check && check.getText().startsWith("Colleagues"))
                    .<CheckBox>query()
                    .setSelected(true);
        });
        robot.push(KeyCode.ENTER);
        until(() -> says("Your server runs"));
        assertThat(server.created().getFirst().address()).isEqualTo("192.168.1.20");
        assertThat(((TextInputControl) robot.lookup(".fingerprint").query()).getText())
                .isEqualTo(SampleStart.FINGERPRINT);
    }

    @Test
    void anUnknownCertificateIsTrustedOnlyByAPerson(FxRobot robot) {
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.SPACE);
        robot.write("nowhere.test");
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#problem").query().isVisible());
        assertThat(field(robot, "#address").getText()).isEqualTo("nowhere.test");
        robot.interact(() -> field(robot, "#address").setText("own.test"));
        robot.push(KeyCode.ENTER);
        until(() -> says("Is this your server?"));
        robot.interact(() -> robot.lookup("No, go back").<Button>query().fire());
        assertThat(field(robot, "#address").getText()).isEqualTo("own.test");
        robot.interact(() -> field(robot, "#address").requestFocus());
        robot.push(KeyCode.ENTER);
        until(() -> says("Is this your server?"));
        robot.interact(() -> robot.lookup("Yes, it is the same").<Button>query().fire());
        until(() -> says("Sign in"));
    }

    @Test
    void aWrongPasswordIsSaidAndTheAddressKept(FxRobot robot) {
        robot.interact(() -> view.signIn("https://calls.example.com", "anna@example.com"));
        robot.write("wrong");
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#problem").query().isVisible());
        assertThat(field(robot, "#email").getText()).isEqualTo("anna@example.com");
        assertThat(done).isEmpty();
    }

    @Test
    void theCodeOfTheSecondFactorIsAskedForOnlyWhenTheServerWantsIt(FxRobot robot) {
        server.create(new StartActions.NewServer("Demo", "Anna", "anna@example.com", "sunny roofs 12", null), _ -> {});
        server.secondFactor("287082");
        robot.interact(() -> view.signIn("https://calls.example.com", "anna@example.com"));
        assertThat(seen(robot.lookup("#code").query())).isFalse();
        robot.write("sunny roofs 12");
        robot.push(KeyCode.ENTER);
        until(() -> seen(robot.lookup("#code").query()));
        assertThat(robot.lookup("#problem").query().isVisible()).isFalse();
        robot.write("111111");
        robot.push(KeyCode.ENTER);
        until(() -> says("This code is wrong or was used already. Wait for the next one."));
        assertThat(done).isEmpty();
        robot.write("287082");
        robot.push(KeyCode.ENTER);
        until(() -> done.contains("console"));
    }

    @Test
    void aForgottenPasswordIsMendedByALetterWhoeverAsks(FxRobot robot) {
        robot.interact(() -> view.signIn("https://calls.example.com", ""));
        robot.interact(() -> robot.lookup("#forgot").<Hyperlink>query().fire());
        assertThat(says("Type your e-mail address.")).isTrue();
        assertThat(server.letters()).isEmpty();
        robot.interact(() -> field(robot, "#email").setText("nobody@example.com"));
        robot.interact(() -> robot.lookup("#forgot").<Hyperlink>query().fire());
        until(() -> says("If somebody signs in with nobody@example.com, a letter with a link for a new password is on"
                + " its way."));
        assertThat(server.letters()).containsExactly("nobody@example.com");
    }

    @Test
    void whoElseVouchesIsOfferedOnlyWhereTheServerSaysSo(FxRobot robot) {
        robot.interact(() -> view.signIn("https://calls.example.com", ""));
        until(() -> !robot.lookup("#with-google").tryQuery().isPresent());
        server.providers("google", "some-other");
        robot.interact(() -> view.signIn("https://calls.example.com", ""));
        until(() -> robot.lookup("#with-google").tryQuery().isPresent());
        assertThat(robot.lookup("#with-some-other").tryQuery()).isEmpty();
        robot.interact(
                () -> robot.lookup("#with-google").<Button>queryAs(Button.class).fire());
        until(() -> done.contains("console"));
    }

    @Test
    void aPasswordIsNeverPartOfALogLine() {
        assertThat(new StartActions.NewServer("Solar", "Anna", "a@b.test", "secret words", null).toString())
                .doesNotContain("secret");
    }

    private boolean says(String text) {
        return view.lookupAll(".label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().equals(text) && seen(label));
    }

    private static boolean seen(Node node) {
        return node.getParent() == null || node.isVisible() && seen(node.getParent());
    }

    private static TextInputControl field(FxRobot robot, String id) {
        return robot.lookup(id).query();
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                    .get(5, TimeUnit.SECONDS));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("did not come about in ten seconds", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }
}
