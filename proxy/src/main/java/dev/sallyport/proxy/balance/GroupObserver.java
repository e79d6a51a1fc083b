package dev.sallyport.proxy.balance;

/** Hears how an upstream does. Called on event loops: it never blocks. */
public interface GroupObserver {

  GroupObserver NONE = (status, nanos) -> {};

  /**
   * A request was answered or has failed.
   *
   * @param status of the answer; 0 when there was none
   * @param nanos from the request's arrival here to the answer's head or its failure
   */
  void answered(int status, long nanos);
}
