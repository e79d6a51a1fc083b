package dev.sallyport.controllers.certificates;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;

/** Asks the second door whether a request for a node's certificate may be approved unseen. */
@FunctionalInterface
public interface NodeClientReview {

  /**
   * Whether the user may {@code create} that subresource of certificatesigningrequests.
   *
   * @param subresource nodeclient, or selfnodeclient for a node that renews its own
   */
  Answer<Boolean> allowed(UserInfo user, String subresource);
}
