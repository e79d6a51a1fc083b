package dev.sallyport.resources.kinds;

/**
 * What a write took beyond its object, such as a service's address, which no two objects may have
 * at once. Settled exactly once, whatever comes of the write.
 */
@FunctionalInterface
public interface Claim {

  Claim NOTHING = written -> {};

  /**
   * Ends the claim.
   *
   * @param written whether the object is stored now, and so holds what was taken; else it is given
   *     back
   */
  void settle(boolean written);
}
