package dev.sallyport.authn.token.cache;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else said of tokens, for as long as that holds. Whoever shows a token that is being
 * asked about waits for the same answer. For any thread.
 */
public final class Inquiries {

  /** Each costs about a kilobyte, more with many groups. */
  private static final int REMEMBERED = 16 << 10;

  /**
   * What an answer comes to.
   *
   * @param untilMillis until when it may be remembered, exclusive, in milliseconds since the epoch
   */
  public record Found(AuthenticationResult result, long untilMillis) {

    /** Good for those who wait now and nobody after them. */
    public static Found once(AuthenticationResult result) {
      return new Found(result, Long.MIN_VALUE);
    }
  }

  /** Understands an answer or a failure, of which exactly one is there. */
  @FunctionalInterface
  public interface Judge<T> {
    Found judge(@Nullable T answer, @Nullable Throwable failure);
  }

  private final Clock clock;
  private final Executor executor;
  private final InquiryCounts counts;
  private final DigestCache<Found> known = new DigestCache<>(REMEMBERED);
  private final ConcurrentHashMap<TokenDigest, CompletableFuture<AuthenticationResult>> asked =
      new ConcurrentHashMap<>();

  /**
   * @param executor where answers are understood and those who wait go on
   * @param counts counts what happens here, perhaps beside others
   */
  public Inquiries(Clock clock, Executor executor, InquiryCounts counts) {
    this.counts = counts;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * What is remembered of a token, at once; else what the question brings. Never fails: a question
   * or judge that throws lets nobody in.
   */
  public <T> Answer<AuthenticationResult> about(
      TokenDigest token, Supplier<Answer<T>> question, Judge<T> judge) {
    Found before = known.find(token);
    if (before != null && clock.millis() < before.untilMillis()) {
      counts.hit();
      return Answer.now(before.result());
    }
    counts.missed();
    CompletableFuture<AuthenticationResult> mine = new CompletableFuture<>();
    CompletableFuture<AuthenticationResult> other = asked.putIfAbsent(token, mine);
    if (other != null) {
      counts.joined();
      return Answer.later(other.whenComplete((result, failure) -> counts.left()));
    }
    counts.asked();
    begin(question)
        .whenDone(
            (answer, failure) -> {
              counts.told(answer != null);
              hop(() -> end(token, mine, understood(judge, answer, failure)));
            });
    return Answer.later(mine);
  }

  private static <T> Answer<T> begin(Supplier<Answer<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return Answer.failed(e); // others may be waiting for the answer already
    }
  }

  private void hop(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // too busy to hop: those who wait go on here rather than never
    }
  }

  private static <T> Found understood(
      Judge<T> judge, @Nullable T answer, @Nullable Throwable failure) {
    try {
      return judge.judge(answer, failure);
    } catch (RuntimeException e) {
      // Whoever waits must hear of it; an answer that we cannot read lets nobody in.
      return Found.once(new Rejected("the answer cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  private void end(TokenDigest token, CompletableFuture<AuthenticationResult> mine, Found found) {
    if (clock.millis() < found.untilMillis()) {
      known.remember(token, found);
    }
    asked.remove(token, mine);
    mine.complete(found.result());
  }
}
