package dev.sallyport.server.http;

/** Something that happens at its time unless it is called off. */
@FunctionalInterface
public interface Alarm {

  /** Calls it off; one that runs already is not stopped. Any thread. */
  void cancel();
}
