package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;

/** The objects that tokens are issued for and bound to. Any thread, never blocks. */
public interface TokenSubjects {

  /**
   * An object of the core group as it is now.
   *
   * @param resource its plural name, such as serviceaccounts
   * @param namespace "" for a node
   * @return a failed answer, 404, when there is none
   */
  Answer<ObjectNode> get(String resource, String namespace, String name);
}
