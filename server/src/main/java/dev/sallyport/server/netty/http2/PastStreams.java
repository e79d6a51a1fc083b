package dev.sallyport.server.netty.http2;

/**
 * What is remembered of streams that are no more, as far as it says how a late frame on one is to
 * be taken: behind the client's own end it is an error of the connection (RFC 7540, section 5.1),
 * and so is one on a stream that was passed over (section 5.1.1). Behind a reset it is on its way
 * still.
 */
final class PastStreams {

  private static final int REMEMBERED = 64;

  private final int[] ended = new int[REMEMBERED];
  private final int[] passedOver = new int[2 * 8];
  private int nextEnded;
  private int nextPassedOver;
  private int highest = -1;

  /** A stream was opened or refused. */
  void seen(int streamId) {
    if (streamId > highest + 2) {
      passedOver[nextPassedOver] = highest + 2;
      passedOver[nextPassedOver + 1] = streamId - 2;
      nextPassedOver = (nextPassedOver + 2) % passedOver.length;
    }
    highest = Math.max(highest, streamId);
  }

  /** A stream is over whose request had come to its end. */
  void ended(int streamId) {
    ended[nextEnded] = streamId;
    nextEnded = (nextEnded + 1) % REMEMBERED;
  }

  boolean hasEnded(int streamId) {
    for (int each : ended) {
      if (each == streamId) {
        return true;
      }
    }
    return false;
  }

  boolean wasPassedOver(int streamId) {
    for (int i = 0; i < passedOver.length; i += 2) {
      if (streamId >= passedOver[i] && streamId <= passedOver[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
