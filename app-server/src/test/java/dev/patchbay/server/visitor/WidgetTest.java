package dev.patchbay.server.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/// The widget on somebody else's site, with a policy as strict as such sites have: no inline styles, no other frames.
final class WidgetTest {
    private final CallCentre company = CallCentre.open("Nordlicht");
    private final HttpServer site;

    WidgetTest() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String html = """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
                <body><main><h1>Shop</h1><p><a href="#more">More</a></p></main>
                <script src="%s/widget.js" data-company="%s" data-label="Talk to us" data-color="#8a1c5b"
                  data-position="bottom-left" data-name="Ada &lt;b&gt;" async></script></body></html>
                """.formatted(company.address(), company.slug());
        String policy =
                "default-src 'self'; script-src %1$s; frame-src %1$s; style-src 'self'".formatted(company.address());
        site.createContext("/", exchange -> {
            byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().add("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void end() {
        site.stop(0);
        company.close();
    }

    @Test
    void aVisitorCallsFromTheWidgetAndKeepsTheCallWhenItIsClosed() {
        try (Chromium browser = Chromium.start()) {
            BrowserAgent agent = company.agent(browser);
            Tab tab = browser.open("http://localhost:" + site.getAddress().getPort() + "/");
            Until.happens(
                    "the button is there",
                    Duration.ofSeconds(5),
                    () -> Boolean.TRUE.equals(tab.run(
                            "return !!document.querySelector('patchbay-call')?.shadowRoot.querySelector('.open')")));
            assertThat(tab.run("return Object.keys(window).filter((name) => /patchbay|widget/i.test(name)).length"))
                    .isEqualTo(0L);
            assertThat(
                            tab.run(
                                    "return getComputedStyle(document.querySelector('patchbay-call').shadowRoot.querySelector('.open')).backgroundColor"))
                    .isEqualTo("rgb(138, 28, 91)");
            assertThat(tab.accessibilityViolations()).isEmpty();
            tab.picture(Path.of("target", "visitor", "12-widget.png"));

            inWidget(tab, ".open").sendKeys(Keys.ENTER);
            ChromeDriver frame = frame(tab);
            Until.happens(
                    "the page in the frame is ready", Duration.ofSeconds(10), () -> frame.findElement(By.id("name"))
                            .isDisplayed());
            assertThat(frame.findElement(By.id("name")).getDomProperty("value")).isEqualTo("Ada <b>");
            frame.findElement(By.id("start")).click();
            agent.awaitRinging();
            agent.answer();
            frame(tab);
            Until.happens("connected", Duration.ofSeconds(10), () -> frame.findElement(By.id("status"))
                    .getText()
                    .equals("Connected to Maria"));
            frame.switchTo().defaultContent();
            tab.picture(Path.of("target", "visitor", "13-widget-call.png"));
            assertThat(tab.accessibilityViolations()).isEmpty();

            inWidget(tab, ".bar button:last-child").sendKeys(Keys.ESCAPE);
            assertThat(inWidget(tab, ".panel").isDisplayed()).isFalse();
            assertThat(inWidget(tab, ".open").getText()).isEqualTo("In a call");
            assertThat(agent.heard(Duration.ofSeconds(4)).isSilent()).isFalse();
            agent.hangUp();
            Until.happens("the button is as before", Duration.ofSeconds(5), () -> inWidget(tab, ".open")
                    .getText()
                    .equals("Talk to us"));
        }
    }

    private static WebElement inWidget(Tab tab, String selector) {
        ChromeDriver driver = tab.front();
        driver.switchTo().defaultContent();
        SearchContext shadow =
                driver.findElement(By.cssSelector("patchbay-call")).getShadowRoot();
        return shadow.findElement(By.cssSelector(selector));
    }

    private static ChromeDriver frame(Tab tab) {
        WebElement frame = inWidget(tab, "iframe");
        ChromeDriver driver = tab.front();
        driver.switchTo().frame(frame);
        return driver;
    }
}
