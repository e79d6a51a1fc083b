package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change that is asked for.
 *
 * @param next makes the next state; may run several times
 * @param whenMissing makes the object when there is none, or null to refuse with 404
 * @param applied whether it is an apply: then any kind is created when missing, and the states say
 *     themselves who owns their fields
 */
record UpdateRequest(
    ResourceCall call,
    Next next,
    @Nullable Supplier<ObjectNode> whenMissing,
    boolean applied,
    WriteOptions options,
    List<String> warnings) {

  /** Makes the next state of an object, in the version its resource serves. */
  interface Next {
    /**
     * @param served the current state, not to be changed
     */
    ObjectNode of(ObjectNode served);
  }
}
