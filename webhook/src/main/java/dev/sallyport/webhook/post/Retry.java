package dev.sallyport.webhook.post;

/** Which failed calls are made again. */
public enum Retry {
  /**
   * Those that the server cut short or asks to be made again: for reviews, that clients wait for.
   */
  TRANSIENT,
  /** All: for events that would be lost. */
  ALWAYS
}
