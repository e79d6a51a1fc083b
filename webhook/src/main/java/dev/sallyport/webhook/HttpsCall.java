package dev.sallyport.webhook;

import dev.sallyport.api.Answer;

/**
 * A request that is under way.
 *
 * <p>The answer fails with a {@link CallException} and with nothing else. It comes on the client's
 * own thread, of which there is one for all servers: who goes on from there does little and never
 * blocks, or hops to an executor first.
 */
public interface HttpsCall {

  Answer<HttpsReply> answer();

  /** Gives the call up from any thread: it fails as CANCELLED unless it has ended already. */
  void cancel();
}
