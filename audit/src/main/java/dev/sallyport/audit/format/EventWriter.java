package dev.sallyport.audit.format;

import dev.sallyport.audit.AuditEvent;

/** Writes events within a size: one that is too large loses its objects. Any thread. */
public final class EventWriter {

  public static final int UNLIMITED = Integer.MAX_VALUE;

  private final EventFormat format;
  private final int maxSize;

  /**
   * @param maxSize bytes of an event
   */
  public EventWriter(EventFormat format, int maxSize) {
    this.format = format;
    this.maxSize = maxSize;
  }

  /** Adds the event; false, and nothing added, when it is too large even without its objects. */
  public boolean write(JsonBuffer out, AuditEvent event) {
    int start = out.length();
    format.write(out, event, true);
    if (out.length() - start > maxSize && event.hasObjects()) {
      out.cut(start);
      format.write(out, event, false);
    }
    if (out.length() - start > maxSize) {
      out.cut(start);
      return false;
    }
    return true;
  }
}
