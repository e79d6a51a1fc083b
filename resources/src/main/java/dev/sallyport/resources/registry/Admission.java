package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.ResourceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Has a say in every write, after the object is read and defaulted and before it is checked. May be
 * called again for one request when the object changed meanwhile. Any thread; never blocks.
 */
@FunctionalInterface
public interface Admission {

  Admission EVERYTHING = Answer::now;

  /** What is done to an object. */
  enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }

  /**
   * @param name "" while a name is still to be generated
   * @param object the next state, in its stored version; null for a deletion
   * @param old the state before; null for a creation
   */
  record Request(
      UserInfo user,
      Operation operation,
      ResourceDefinition resource,
      String subresource,
      String namespace,
      String name,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      boolean dryRun) {}

  /**
   * Lets the write pass.
   *
   * @return the request, perhaps with a changed object
   * @throws dev.sallyport.api.StatusException to refuse (a failed answer says the same)
   */
  Answer<Request> admit(Request request);

  /** This one, then the other. */
  default Admission and(Admission next) {
    return request -> admit(request).then(next::admit);
  }
}
