package dev.sallyport.audit.log;

import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.buffer.BatchTarget;
import dev.sallyport.audit.buffer.Losses;
import dev.sallyport.audit.buffer.Queued;
import dev.sallyport.audit.format.EventFormat;
import dev.sallyport.audit.format.EventWriter;
import dev.sallyport.audit.format.JsonBuffer;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches as lines, many of them at a time. A full disk costs the events of that moment,
 * which are counted; the next ones are tried again.
 */
final class LogTarget implements BatchTarget {

  private static final Logger log = LoggerFactory.getLogger(LogTarget.class);

  /** As much as is written at once. */
  private static final int PIECE = 128 << 10;

  private final LineOutput output;
  private final EventWriter writer;
  private final Losses losses;
  private final JsonBuffer buffer = new JsonBuffer();

  LogTarget(LineOutput output, EventFormat format, int maxEventSize, Losses losses) {
    this.output = output;
    this.writer = new EventWriter(format, maxEventSize);
    this.losses = losses;
  }

  @Override
  public void keep(List<Queued> batch) {
    int from = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (writer.write(buffer, batch.get(i).event())) {
        buffer.raw('\n');
      } else {
        losses.lost(1, "an event is too large even without its objects");
      }
      if (buffer.length() >= PIECE) {
        write(batch.subList(from, i + 1));
        from = i + 1;
      }
    }
    write(batch.subList(from, batch.size()));
  }

  private void write(List<Queued> events) {
    Receipt receipt = Receipt.TAKEN;
    try {
      if (buffer.length() > 0) {
        output.write(buffer.array(), buffer.length());
      }
    } catch (IOException e) {
      losses.lost(events.size(), "the log cannot be written: " + reason(e));
      receipt = Receipt.LOST;
    }
    buffer.clear();
    for (Queued queued : events) {
      queued.settle(receipt);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  @Override
  public void close() {
    losses.finish();
    try {
      output.close();
    } catch (IOException e) {
      log.warn("The audit log did not close cleanly: {}", e.toString());
    }
  }
}
