package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line as a process of its own, as people and scripts meet it.
class MainTest {
    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    private record Outcome(int code, String out, String err) {}

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private Process launch(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                // Without the tests' own logging set-up.
                System.getProperty("java.class.path").replaceFirst("[^:;]*test-classes[:;]", ""),
                "dev.patchbay.server.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(folder.resolve("stderr-" + started.size()).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Outcome run(String in, String... args) throws Exception {
        Process process = launch(Map.of(), args);
        try (var out = process.getOutputStream()) {
            out.write(in.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(), text, Files.readString(folder.resolve("stderr-" + (started.size() - 1))));
    }

    private static URI ready(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = out.readLine();
        }
        assertThat(line).as("the server never got ready").isNotNull();
        return URI.create(line.substring("ready ".length()));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void theDemoServesItsUsersWithTheGivenPasswordAndStopsWhenTold() throws Exception {
        Process process =
                launch(Map.of("PATCHBAY_DEMO_PASSWORD", "demo"), "server", "--port", "0", "--data", data(), "--demo");
        URI url = ready(process);
        for (String user : List.of("admin", "supervisor", "agent", "agent2")) {
            Tokens tokens = new TestHttp(url, null)
                    .post("/auth/login", Map.of("email", user + "@demo.test", "password", "demo"), Tokens.class);
            assertThat(tokens.user().company().slug()).isEqualTo("demo");
        }
        Path secret = folder.resolve("data/jwt-secret");
        if (secret.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String log = Files.readString(folder.resolve("data/logs/combined.log"));
        assertThat(log).containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d:\\d{3} \\[INFO]: serving http://");
        assertThat(log).doesNotContain("eyJ");
    }

    @Test
    void aSecondServerOnTheSameFolderIsToldWhy() throws Exception {
        ready(launch(Map.of(), "server", "--port", "0", "--data", data()));
        Outcome second = run("", "server", "--port", "0", "--data", data());
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err().strip()).hasLineCount(1).contains("another Patchbay");
    }

    @Test
    void aPortInUseIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = run("", "server", "--port", String.valueOf(taken.getLocalPort()), "--data", data());
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err().strip()).hasLineCount(1).contains("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldInOneSentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Outcome outcome =
                run("", "server", "--port", "0", "--data", file.resolve("data").toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().strip()).hasLineCount(1).contains("cannot be written");
    }

    @Test
    void wrongArgumentsExitWithTwo() throws Exception {
        assertThat(run("", "server", "--prot", "1").code()).isEqualTo(2);
        assertThat(run("", "server", "--port", "many", "--data", data()).err()).contains("PORT");
        Outcome open = run("", "server", "--demo", "--host", "0.0.0.0", "--data", data());
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.err()).contains("--demo");
    }

    @Test
    void anAdministratorGetsASecretAndADiagnosisWithAnExitCode() throws Exception {
        Outcome one = run("", "admin", "secret");
        Outcome other = run("", "admin", "secret");
        assertThat(one.code()).isZero();
        assertThat(one.out().strip()).hasSizeGreaterThanOrEqualTo(43).doesNotContain(" ");
        assertThat(other.out()).isNotEqualTo(one.out());
        Process sick = launch(Map.of("HOST", "0.0.0.0"), "admin", "doctor", "--data", data());
        String findings = new String(sick.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sick.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sick.exitValue()).isEqualTo(1);
        assertThat(findings).contains("pass  database", "FAIL  HTTPS");
    }

    @Test
    void anAdministratorAddsAUserResetsThePasswordAndSeesTheSettings() throws Exception {
        Outcome added = run(
                "first password\n",
                "admin",
                "user-add",
                "--data",
                data(),
                "--company",
                "acme",
                "--name",
                "Ann",
                "--email",
                "ann@acme.test",
                "--role",
                "Admin");
        assertThat(added.err()).isEmpty();
        assertThat(added.code()).isZero();
        Outcome reset = run("", "admin", "reset-password", "--data", data(), "ann@acme.test", "--random-password");
        assertThat(reset.code()).isZero();
        String password = reset.out().lines().findFirst().orElseThrow().substring("password ".length());
        URI url = ready(launch(Map.of(), "server", "--port", "0", "--data", data()));
        assertThat(new TestHttp(url, null)
                        .post("/auth/login", Map.of("email", "ann@acme.test", "password", password))
                        .status())
                .isEqualTo(200);
        Outcome settings = run("", "server", "--print-config", "--data", data());
        assertThat(settings.code()).isZero();
        assertThat(settings.out()).contains("PORT=8090");
    }
}
