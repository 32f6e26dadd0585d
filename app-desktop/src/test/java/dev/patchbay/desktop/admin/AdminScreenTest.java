package dev.patchbay.desktop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.scenes.AdminScenes;
import dev.patchbay.desktop.scenes.DemoRecords;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The administration by the keyboard, at a company in memory.
@ExtendWith(ApplicationExtension.class)
class AdminScreenTest {
    private final DemoRecords records = AdminScenes.records();
    private final List<String> said = new ArrayList<>();
    private Optional<Path> file = Optional.empty();
    private AdminScreen screen;

    @Start
    void start(Stage stage) {
        Words.speak(Locale.ENGLISH);
        screen = screen(EnumSet.allOf(Permission.class));
        Scene scene = new Scene((Parent) screen.view(), 1000, 800);
        new Look().dress(scene);
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        screen.onShow();
    }

    private AdminScreen screen(Set<Permission> may) {
        return new AdminScreen(
                may,
                new Errands(records, Runnable::run, Runnable::run),
                (_, sentence, _, _) -> said.add(sentence),
                new Files() {
                    @Override
                    public Optional<Path> open(String kind, String pattern) {
                        return file;
                    }

                    @Override
                    public Optional<Path> save(String kind, String pattern, String name) {
                        return file;
                    }
                });
    }

    private static boolean says(FxRobot robot, String text) {
        return robot.lookup(node -> node instanceof Label label
                        && label.getText() != null
                        && label.getText().contains(text)
                        && visible(label))
                .tryQuery()
                .isPresent();
    }

    private static boolean visible(Node node) {
        return node.isVisible() && (node.getParent() == null || visible(node.getParent()));
    }

    private static void fire(FxRobot robot, String id) {
        robot.interact(() -> robot.lookup(id).<Button>queryAs(Button.class).fire());
    }

    private static void select(FxRobot robot, int row) {
        robot.interact(() -> robot.lookup(".table-view")
                .<TableView<?>>query()
                .getSelectionModel()
                .select(row));
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).<TextInputControl>query().getText();
    }

    @Test
    void aUserIsAddedWithoutAMouse(FxRobot robot) {
        robot.interact(() -> robot.lookup("#search").query().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.N);
        robot.write("Nina Brandt");
        robot.push(KeyCode.TAB);
        robot.write("nina@demo");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(says(robot, "This is not an e-mail address.")).isTrue();
        assertThat(says(robot, "This is needed.")).as("the password").isTrue();
        assertThat(records.entries("users")).hasSize(8);
        robot.write(".test");
        robot.push(KeyCode.TAB);
        robot.write("sunny roofs 12");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(records.entries("users")).anySatisfy(user -> {
            assertThat(user.path("name").asText()).isEqualTo("Nina Brandt");
            assertThat(user.path("email").asText()).isEqualTo("nina@demo.test");
        });
        assertThat(said).containsExactly("Nina Brandt was added.");
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#save").tryQuery().filter(AdminScreenTest::visible))
                .isEmpty();
    }

    @Test
    void escapeKeepsAnUnsavedEditAndTheBarLeadsBackToIt(FxRobot robot) {
        select(robot, 1);
        robot.interact(
                () -> robot.lookup("#input-name").<TextInputControl>query().setText("Half a na"));
        robot.interact(() -> robot.lookup("#input-name").query().requestFocus());
        robot.push(KeyCode.ESCAPE);
        assertThat(says(robot, "One change waits here, not saved yet")).isTrue();
        robot.interact(() -> robot.lookup("Go back to it").<Button>query().fire());
        assertThat(text(robot, "#input-name")).isEqualTo("Half a na");
    }

    @Test
    void aNewPasswordIsShownOnceAndGoneWithTheNextUser(FxRobot robot) {
        select(robot, 1);
        fire(robot, "#reset-password");
        assertThat(records.asked()).noneMatch(asked -> asked.endsWith("/reset-password"));
        fire(robot, "#reset-yes");
        assertThat(text(robot, "#secret")).isEqualTo("maple-Toast-41-river");
        select(robot, 2);
        assertThat(robot.lookup("#secret").tryQuery()).isEmpty();
    }

    @Test
    void offBoardingHandsTheLeadsOnAndSwitchesTheAccountOff(FxRobot robot) {
        select(robot, 1);
        fire(robot, "#offboard");
        robot.interact(() -> {
            ComboBox<Choice> heir = robot.lookup("#heir").query();
            assertThat(heir.getItems()).extracting(Choice::value).contains("").doesNotContain("u2", "u6");
            heir.getSelectionModel().selectLast();
        });
        fire(robot, "#offboard-yes");
        assertThat(said).containsExactly("Ben Okoye is off-boarded: 3 leads moved, 2 sign-ins ended.");
        assertThat(records.entries("users").get(1).path("active").asBoolean()).isFalse();
        assertThat(says(robot, "Off-board Ben Okoye?")).isFalse();
    }

    @Test
    void anImportTellsEveryMistakeBeforeAnythingIsAdded(FxRobot robot, @TempDir Path folder) throws IOException {
        Path table = folder.resolve("people.csv");
        java.nio.file.Files.writeString(
                table,
                "name;email;roles\nNina;nina@demo.test;Agent\nBen;ben@demo.test;Agent\nCarla;carla;Agent\n",
                StandardCharsets.UTF_8);
        file = Optional.of(table);
        fire(robot, "#import");
        fire(robot, "#import-choose");
        assertThat(says(robot, "people.csv: 2 lines are wrong")).isTrue();
        assertThat(robot.lookup("#import-go").tryQuery()).isEmpty();
        java.nio.file.Files.writeString(
                table,
                "name;email;roles\nNina;nina@demo.test;Agent\nÉva;eva@demo.test;Agent\n",
                StandardCharsets.ISO_8859_1);
        robot.interact(() -> robot.lookup("Choose another file").<Button>query().fire());
        assertThat(says(robot, "people.csv: 2 people can be added")).isTrue();
        assertThat(records.entries("users")).hasSize(8);
        fire(robot, "#import-go");
        assertThat(records.entries("users")).hasSize(10);
        assertThat(records.entries("users").getLast().path("name").asText()).isEqualTo("Éva");
        fire(robot, "#import-end");
        assertThat(robot.lookup(".table-view").<TableView<?>>query().getItems()).hasSize(10);
    }

    @Test
    void anAgentIsPutIntoAQueueByEnter(FxRobot robot) {
        robot.interact(() -> screen.open("queues"));
        select(robot, 1);
        robot.interact(() -> {
            List<Node> lists = new ArrayList<>(robot.lookup(".list-view").queryAll());
            @SuppressWarnings("unchecked") // names of agents stand in both lists
            ListView<String> others = (ListView<String>) lists.getLast();
            others.requestFocus();
            others.getSelectionModel().select("u8");
        });
        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(records.entries("queues").get(1).path("userIds"))
                .extracting(com.fasterxml.jackson.databind.JsonNode::asText)
                .contains("u8");
    }

    @Test
    void anOfficeIsRemovedOnlyAfterTheQuestion(FxRobot robot) {
        robot.interact(() -> screen.open("offices"));
        select(robot, 0);
        fire(robot, "#remove");
        assertThat(says(robot, "Remove the office Boston?")).isTrue();
        assertThat(records.entries("offices")).hasSize(2);
        fire(robot, "#remove-yes");
        assertThat(records.entries("offices")).hasSize(1);
    }

    @Test
    void theAuditLogIsFilteredVerifiedAndWrittenToAFile(FxRobot robot, @TempDir Path folder) throws IOException {
        robot.interact(() -> screen.open("audit"));
        fire(robot, "#verify");
        assertThat(says(robot, "The log is whole: 12,408 rows fit together")).isTrue();
        robot.interact(() -> {
            ComboBox<Choice> person = robot.lookup("#audit-person").query();
            person.setValue(person.getItems().stream()
                    .filter(each -> each.toString().equals("Chloé Dubois"))
                    .findFirst()
                    .orElseThrow());
        });
        TableView<AuditRow> table = robot.lookup(".table-view").query();
        assertThat(table.getItems()).hasSize(2).allMatch(row -> row.who().equals("Chloé Dubois"));
        select(robot, 0);
        assertThat(says(robot, "Agent, Manager → Agent")).isTrue();
        file = Optional.of(folder.resolve("audit.csv"));
        fire(robot, "#export");
        assertThat(java.nio.file.Files.readAllLines(folder.resolve("audit.csv")))
                .hasSize(3);
        assertThat(said).containsExactly("2 rows are in audit.csv.");
    }

    @Test
    void onlyWhatTheUserMayDoIsThere(FxRobot robot) {
        assertThat(screen(EnumSet.of(Permission.CALLS_TAKE)).any()).isFalse();
        robot.interact(() -> {
            AdminScreen audit = screen(EnumSet.of(Permission.AUDIT_VIEW));
            Scene scene = new Scene((Parent) audit.view());
            assertThat(scene.lookup("#admin-audit")).isNotNull();
            assertThat(scene.lookup("#admin-users")).isNull();
        });
    }

    @Test
    void everythingIsSaidInTheOtherLanguageAtOnce(FxRobot robot) {
        select(robot, 2);
        robot.interact(() -> Words.speak(Locale.GERMAN));
        assertThat(says(robot, "Benutzer")).isTrue();
        assertThat(says(robot, "Weitere Rechte")).isTrue();
        assertThat(robot.lookup("Speichern").tryQuery()).isPresent();
        robot.interact(() -> Words.speak(Locale.ENGLISH));
    }
}
