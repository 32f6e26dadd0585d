package dev.patchbay.desktop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.patchbay.desktop.scenes.DemoAccount;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.shell.SampleShell;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The own account, at an account in memory.
@ExtendWith(ApplicationExtension.class)
class ProfileScreenTest {
    private final DemoAccount account = new DemoAccount();
    private final List<String> renamed = new ArrayList<>();
    private ProfileScreen screen;

    @Start
    void start(Stage stage) {
        Words.speak(Locale.ENGLISH);
        screen = new ProfileScreen(
                Objects.requireNonNull(
                        new SampleShell(ShellScenes.NOW, Role.AGENT).me().get()),
                new Errands(account, Runnable::run, Runnable::run),
                renamed::add,
                _ -> {});
        Scene scene = new Scene((Parent) screen.view(), 1000, 900);
        new Look().dress(scene);
        stage.setScene(scene);
        stage.show();
        screen.onShow();
    }

    private static void type(FxRobot robot, String id, String text) {
        robot.interact(() -> robot.lookup(id).<TextInputControl>query().setText(text));
    }

    private static void fire(FxRobot robot, String id) {
        robot.interact(() -> robot.lookup(id).<Button>queryAs(Button.class).fire());
    }

    private static boolean says(FxRobot robot, String text) {
        return robot.lookup(node -> node instanceof Label label
                        && label.getText() != null
                        && label.getText().contains(text))
                .tryQuery()
                .isPresent();
    }

    @Test
    void aSecondFactorCountsOnlyAfterACodeOfTheAppThatTheQrCodeWasScannedWith(FxRobot robot) throws ReaderException {
        fire(robot, "#totp-set-up");
        type(robot, "#totp-password", "a guess");
        fire(robot, "#totp-go");
        assertThat(says(robot, "The password is wrong.")).isTrue();
        type(robot, "#totp-password", "sunny roofs 12");
        fire(robot, "#totp-go");
        String scanned = scan(robot.lookup("#totp-qr").<ImageView>query().getImage());
        assertThat(scanned).startsWith("otpauth://totp/Patchbay:anna@demo.test?secret=GEZDGNBVGY3TQOJQ");
        assertThat(robot.lookup("#totp-recovery").<TextInputControl>query().getText())
                .contains("KRUG-S4ZA-NFZS-A5DI-MUQG-4ZLY");
        type(robot, "#totp-code", "000000");
        fire(robot, "#totp-confirm");
        assertThat(account.enabled()).isFalse();
        type(robot, "#totp-code", "287 082");
        fire(robot, "#totp-confirm");
        assertThat(account.enabled()).isTrue();
        assertThat(robot.lookup("#totp-recovery").tryQuery())
                .as("codes are shown once")
                .isEmpty();
        fire(robot, "#totp-disable");
        type(robot, "#totp-password", "sunny roofs 12");
        fire(robot, "#totp-go");
        assertThat(account.enabled()).isFalse();
    }

    @Test
    void secretsAreGoneWhenTheScreenIsLeft(FxRobot robot) {
        type(robot, "#password-current", "sunny roofs 12");
        fire(robot, "#totp-set-up");
        type(robot, "#totp-password", "sunny roofs 12");
        fire(robot, "#totp-go");
        robot.interact(screen::onHide);
        assertThat(robot.lookup("#totp-qr").tryQuery()).isEmpty();
        assertThat(robot.lookup("#password-current").<TextInputControl>query().getText())
                .isEmpty();
        robot.interact(screen::onShow);
        assertThat(robot.lookup("#totp-set-up").tryQuery()).isPresent();
    }

    @Test
    void aNewPasswordSignsTheOtherDevicesOut(FxRobot robot) {
        type(robot, "#password-current", "a guess");
        type(robot, "#password-new", "rainy roofs 34");
        type(robot, "#password-again", "rainy roofs 35");
        fire(robot, "#password-go");
        assertThat(says(robot, "The two are not the same.")).isTrue();
        type(robot, "#password-again", "rainy roofs 34");
        fire(robot, "#password-go");
        assertThat(says(robot, "The password is wrong.")).isTrue();
        type(robot, "#password-current", "sunny roofs 12");
        fire(robot, "#password-go");
        assertThat(says(robot, "Your password is changed.")).isTrue();
        assertThat(account.signIns()).isEqualTo(1);
        assertThat(says(robot, "Chrome on Windows")).isFalse();
        assertThat(robot.lookup("#password-new").<TextInputControl>query().getText())
                .isEmpty();
    }

    @Test
    void thisDeviceIsMarkedAndTheOthersEndOneByOneOrAllTogether(FxRobot robot) {
        assertThat(says(robot, "Patchbay console on Linux")).isTrue();
        assertThat(says(robot, "This device")).isTrue();
        assertThat(says(robot, "Chrome on Windows")).isTrue();
        assertThat(says(robot, "Safari on iPhone")).isTrue();
        robot.interact(() -> robot.lookup("End").<Button>query().fire());
        assertThat(account.signIns()).isEqualTo(2);
        fire(robot, "#sessions-others");
        assertThat(account.signIns()).isEqualTo(1);
        assertThat(robot.lookup("#sessions-others")
                        .<Button>queryAs(Button.class)
                        .isDisabled())
                .isTrue();
    }

    @Test
    void aNewNameIsSavedAndToldToTheWindow(FxRobot robot) {
        type(robot, "#profile-name", "Anna K.");
        fire(robot, "#profile-save");
        assertThat(account.name()).isEqualTo("Anna K.");
        assertThat(renamed).containsExactly("Anna K.");
    }

    private static String scan(Image image) throws ReaderException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = image.getPixelReader().getArgb(x, y);
            }
        }
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                    .getText();
        } catch (NotFoundException e) {
            throw new AssertionError("a camera would find no code in the picture", e);
        }
    }
}
