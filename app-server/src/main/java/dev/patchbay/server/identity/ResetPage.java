package dev.patchbay.server.identity;

import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Content;
import dev.patchbay.server.http.Route;
import java.util.List;

/// `/reset-password`: the page that a letter's link opens. The token stands after the number sign and is sent by the
/// page alone.
final class ResetPage implements Route.Feature {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>Choose a new password</title>
            <link rel="stylesheet" href="/reset-password/style.css">
            <script src="/reset-password/page.js" defer></script>
            </head>
            <body>
            <main>
            <h1>Choose a new password</h1>
            <form id="form">
            <label for="password">New password</label>
            <input id="password" type="password" autocomplete="new-password" minlength="8" required
                   aria-describedby="hint">
            <p id="hint">At least 8 characters. A few words in a row are easy to remember and hard to guess.</p>
            <label for="again">Once more</label>
            <input id="again" type="password" autocomplete="new-password" required>
            <button type="submit">Save</button>
            </form>
            <p id="status" role="status"></p>
            <noscript><p>This page needs JavaScript.</p></noscript>
            </main>
            </body>
            </html>
            """;

    private static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: #1b1f24; background: #f5f6f8; }
            main { max-width: 24rem; margin: 4rem auto; padding: 2rem; background: #fff; border-radius: .75rem; }
            h1 { font-size: 1.4rem; margin-top: 0; }
            label { display: block; margin-top: 1rem; font-weight: 600; }
            input { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid #767f8c;
                    border-radius: .4rem; }
            button { margin-top: 1.5rem; padding: .6rem 1.4rem; font: inherit; font-weight: 600; color: #fff;
                     background: #1f5fbf; border: 0; border-radius: .4rem; }
            #hint { margin: .3rem 0 0; color: #4a525e; font-size: .9rem; }
            @media (prefers-color-scheme: dark) {
              body { color: #e7eaee; background: #14171b; } main { background: #1f242a; }
              input { color: inherit; background: #14171b; } #hint { color: #aab3bf; }
            }
            """;

    private static final String SCRIPT = """
            const token = location.hash.slice(1);
            history.replaceState(null, '', location.pathname);
            const form = document.getElementById('form');
            const status = document.getElementById('status');
            if (!token) {
              form.hidden = true;
              status.textContent = 'This link is not complete. Open the one in the letter again.';
            }
            form.addEventListener('submit', async event => {
              event.preventDefault();
              const password = document.getElementById('password').value;
              if (password !== document.getElementById('again').value) {
                status.textContent = 'The two passwords differ.';
                return;
              }
              try {
                const reply = await fetch('/api/v1/auth/password/reset', {
                  method: 'POST',
                  headers: {'Content-Type': 'application/json'},
                  body: JSON.stringify({token, password})
                });
                if (reply.ok) {
                  form.hidden = true;
                  status.textContent = 'Saved. Sign in with your new password; earlier sign-ins have ended.';
                } else {
                  status.textContent = (await reply.json()).message;
                }
              } catch {
                status.textContent = 'The server cannot be reached. Try again.';
              }
            });
            """;

    @Override
    public List<Route> routes() {
        return List.of(
                page("/reset-password", "A page to choose a new password.", "text/html", PAGE),
                page("/reset-password/style.css", "How that page looks.", "text/css", STYLE),
                page("/reset-password/page.js", "What that page does.", "text/javascript", SCRIPT));
    }

    private static Route page(String path, String summary, String type, String text) {
        return Route.page(
                path, summary, _ -> Answer.of(Content.text(type, text)).with("Content-Security-Policy", POLICY));
    }
}
