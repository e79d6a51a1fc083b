package dev.sallyport.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class PromiseTest {

  private final Promise<String> promise = new Promise<>();
  private final List<String> heard = new ArrayList<>();

  private void listen(Answer<String> answer) {
    answer.whenDone((value, failure) -> heard.add(value + " " + failure));
  }

  @Test
  void tellsWhoListensBeforeAndAfter() {
    listen(promise);
    listen(promise);
    assertTrue(promise.complete("a"));
    listen(promise);
    assertEquals(List.of("a null", "a null", "a null"), heard);
  }

  @Test
  void isKeptOnce() {
    assertTrue(promise.complete("a"));
    assertFalse(promise.complete("b"));
    assertFalse(promise.fail(new IOException()));
    listen(promise);
    assertEquals(List.of("a null"), heard);
  }

  @Test
  void chainsValuesAndFailures() {
    listen(promise.map(value -> value + "1").then(value -> Answer.now(value + "2")));
    listen(
        promise.then(
            value -> {
              throw new IllegalStateException("no");
            }));
    listen(
        promise.map(
            value -> {
              throw new IllegalStateException("neither");
            }));
    promise.complete("a");
    assertEquals(
        List.of(
            "a12 null",
            "null java.lang.IllegalStateException: no",
            "null java.lang.IllegalStateException: neither"),
        heard);
  }

  @Test
  void waitsForTheAnswerThatFollows() {
    Promise<String> second = new Promise<>();
    listen(promise.then(value -> second));
    promise.complete("a");
    assertEquals(List.of(), heard);
    second.complete("b");
    assertEquals(List.of("b null"), heard);
  }

  @Test
  void aFailurePassesUnwrapped() {
    IOException cause = new IOException("gone");
    List<Throwable> failures = new ArrayList<>();
    promise
        .map(value -> value)
        .then(value -> Answer.now(value))
        .whenDone(
            (value, failure) -> {
              assertNull(value);
              if (failure != null) {
                failures.add(failure);
              }
            });
    promise.fail(new CompletionException(cause));
    assertEquals(1, failures.size());
    assertSame(cause, failures.get(0));
  }

  @Test
  void becomesAStage() throws Exception {
    CompletableFuture<String> stage = promise.toStage().toCompletableFuture();
    assertFalse(stage.isDone());
    promise.complete("a");
    assertEquals("a", stage.get());
    Promise<String> broken = new Promise<>();
    broken.fail(new IOException("gone"));
    assertThrows(ExecutionException.class, () -> broken.toStage().toCompletableFuture().get());
  }

  @Test
  void aListenerThatBreaksHarmsNobody() {
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler usual = thread.getUncaughtExceptionHandler();
    List<Throwable> told = new ArrayList<>();
    thread.setUncaughtExceptionHandler((where, broken) -> told.add(broken));
    try {
      promise.whenDone(
          (value, failure) -> {
            throw new IllegalStateException("mine");
          });
      listen(promise);
      assertTrue(promise.complete("a"));
    } finally {
      thread.setUncaughtExceptionHandler(usual);
    }
    assertEquals(List.of("a null"), heard);
    assertEquals(1, told.size());
  }
}
