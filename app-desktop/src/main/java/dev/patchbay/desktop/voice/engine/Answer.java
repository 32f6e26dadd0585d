package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Waits on the native thread for what libwebrtc answers on its signalling thread. These answers need no network and
/// come within milliseconds.
final class Answer {
    private Answer() {}

    /// What libwebrtc refused, in its words.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    static RTCSessionDescription description(Consumer<CreateSessionDescriptionObserver> question) throws Refused {
        CompletableFuture<RTCSessionDescription> answer = new CompletableFuture<>();
        ask(() -> question.accept(new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                answer.complete(description);
            }

            @Override
            public void onFailure(String error) {
                answer.completeExceptionally(new Refused(error));
            }
        }));
        return await(answer);
    }

    static void set(Consumer<SetSessionDescriptionObserver> question) throws Refused {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        ask(() -> question.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                answer.complete(true);
            }

            @Override
            public void onFailure(String error) {
                answer.completeExceptionally(new Refused(error));
            }
        }));
        await(answer);
    }

    /// The native side throws at once when it cannot even read a description.
    private static void ask(Runnable question) throws Refused {
        try {
            question.run();
        } catch (RuntimeException | Error e) { // the native side throws `java.lang.Error`
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T await(CompletableFuture<T> answer) throws Refused {
        try {
            return answer.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Refused(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new Refused("no answer from the WebRTC library within 5 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted");
        }
    }
}
