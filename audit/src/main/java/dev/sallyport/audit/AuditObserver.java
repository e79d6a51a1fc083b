package dev.sallyport.audit;

/** Is told what the sinks do, for metrics. Any thread; quick. */
public interface AuditObserver {

  /** An event was made. */
  void event(Level level);

  /** So many events could not be kept by this sink: log, webhook or buffer. */
  void lost(String sink, int events);

  /** A request was refused since its event could not be kept. */
  void rejected();
}
