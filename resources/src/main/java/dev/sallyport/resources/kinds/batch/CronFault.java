package dev.sallyport.resources.kinds.batch;

/** A text that is no schedule; the message says why, in the API's words. */
final class CronFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CronFault(String fault) {
    super(fault, null, false, false);
  }

  String fault() {
    return String.valueOf(getMessage());
  }
}
