package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BrowserReturnTest {
    @Test
    void theCodeOfTheBrowserIsTakenAndItsOtherQuestionsAreNot() throws Exception {
        try (BrowserReturn back = new BrowserReturn("Done & <well>");
                HttpClient browser = HttpClient.newHttpClient()) {
            CompletableFuture<Optional<String>> code = CompletableFuture.supplyAsync(() -> await(back));
            assertThat(ask(browser, back.redirect() + "favicon.ico").statusCode())
                    .isEqualTo(404);
            HttpResponse<String> page = ask(browser, back.redirect() + "?code=a%2Bb-c");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Done &amp; &lt;well&gt;");
            assertThat(code.join()).contains("a+b-c");
        }
    }

    @Test
    void nobodyIsWaitedForLongerThanAsked() throws IOException {
        try (BrowserReturn back = new BrowserReturn("Done")) {
            assertThat(back.await(Duration.ofMillis(50))).isEmpty();
        }
    }

    private static Optional<String> await(BrowserReturn back) {
        try {
            return back.await(Duration.ofSeconds(10));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> ask(HttpClient browser, String address)
            throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
