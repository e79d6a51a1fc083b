package dev.sallyport.audit.buffer;

import java.util.List;

/** Keeps batches. Called by one thread, which it may hold up; never throws. */
public interface BatchTarget {

  /** Keeps the events, or counts them as lost, and settles each. */
  void keep(List<Queued> batch) throws InterruptedException;

  /** After the last batch. */
  void close();
}
