package dev.sallyport.proxy.http2;

/**
 * When to ask a silent connection for a sign of life. Servers of gRPC take a second PING within
 * five minutes for abuse unless they have sent something in between, so that is kept to.
 */
final class KeepAlive {

  /** What to do. */
  enum Due {
    NOTHING,
    PING,
    DEAD
  }

  private static final long SILENCE_NANOS = 30_000_000_000L;
  private static final long ANSWER_NANOS = 15_000_000_000L;
  private static final long BETWEEN_NANOS = 305_000_000_000L;

  private long heardAt = System.nanoTime();
  private long pingedAt = heardAt - BETWEEN_NANOS;
  private boolean unanswered;
  private boolean heardSince = true;

  /** Something has come from the other side. */
  void heard() {
    heardAt = System.nanoTime();
    heardSince = true;
  }

  void acknowledged() {
    heardSince = false; // the answer itself counts for nothing
  }

  Due due(long now) {
    if (unanswered && heardAt - pingedAt < 0) {
      return now - pingedAt > ANSWER_NANOS ? Due.DEAD : Due.NOTHING;
    }
    boolean allowed = heardSince || now - pingedAt > BETWEEN_NANOS;
    if (now - heardAt < SILENCE_NANOS || !allowed) {
      return Due.NOTHING;
    }
    pingedAt = now;
    unanswered = true;
    heardSince = false;
    return Due.PING;
  }
}
