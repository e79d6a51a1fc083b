package dev.sallyport.audit.buffer;

import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditSink.Receipt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way.
 *
 * @param receipt who waits for it; null when nobody does
 */
public record Queued(AuditEvent event, @Nullable CompletableFuture<Receipt> receipt) {

  /** Tells who waits. */
  public void settle(Receipt outcome) {
    if (receipt != null) {
      receipt.complete(outcome);
    }
  }
}
