package dev.sallyport.server.filter.audit;

import dev.sallyport.audit.Stage;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.http.Tunnel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes the last event of an answer that goes on for a while: when its end has come, or when the
 * client has gone, whichever is heard of first. Of a tunnel it tells what passed.
 */
final class AnswerEnd implements Runnable {

  static final String FROM_CLIENT = "sallyport.dev/bytes-from-client";
  static final String TO_CLIENT = "sallyport.dev/bytes-to-client";
  static final String DURATION = "sallyport.dev/tunnel-duration";
  static final String ENDED_BY = "sallyport.dev/tunnel-ended-by";

  private static final long SECOND = 1_000_000_000;

  private final AuditBook book;
  private final RequestContext context;
  private final AuditEntry entry;
  private final Response response;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Tunnel tunnel;
  private long begun;

  AnswerEnd(AuditBook book, RequestContext context, AuditEntry entry, Response response) {
    this.book = book;
    this.context = context;
    this.entry = entry;
    this.response = response;
  }

  /** On the event loop, as all that is told of a tunnel. */
  void opened(ResponseStream stream) {
    if (stream instanceof Tunnel opened) {
      begun = System.nanoTime();
      tunnel = opened;
    }
    stream.onClosed(this);
  }

  @Override
  public void run() {
    if (over.compareAndSet(false, true)) {
      Tunnel ended = tunnel;
      if (ended != null) {
        tell(ended);
      }
      var unused = book.write(context, entry, Stage.RESPONSE_COMPLETE, response);
    }
  }

  private void tell(Tunnel ended) {
    entry.annotate(FROM_CLIENT, Long.toString(ended.bytesFromClient()));
    entry.annotate(TO_CLIENT, Long.toString(ended.bytesToClient()));
    entry.annotate(DURATION, seconds(System.nanoTime() - begun));
    entry.annotate(ENDED_BY, ended.endedBy().text());
  }

  /** Such as 12.345s. */
  private static String seconds(long nanos) {
    String millis = Long.toString(1000 + nanos / 1_000_000 % 1000);
    return nanos / SECOND + "." + millis.substring(1) + "s";
  }
}
