package dev.sallyport.controllers.garbage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All objects of all kinds, as far as owning goes. Any thread, never blocks; what is read is what
 * the store has now.
 */
public interface ObjectGraph {

  /** Where objects of a kind stand. */
  record Kind(ResourceId resource, boolean namespaced) {}

  /** What becomes of the dependents of an object that is deleted. */
  enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  /** Hears of every object. Quick, and does not wait for a write. */
  interface Observer {
    /** The object is there, new or changed. */
    void present(GraphObject object);

    /**
     * The object is gone.
     *
     * @param last its last state
     */
    void gone(GraphObject last);
  }

  /** Tells of all objects there are, within this call, and from then on of every change. */
  void observe(Observer observer);

  /** The object, or null when there is none. */
  @Nullable GraphObject find(ObjectId id);

  /** The kind that an owner reference names, or null when nothing of it is stored here. */
  @Nullable Kind kind(String apiVersion, String kind);

  /** Deletes the object if it is still in this state; 409 when it is not. */
  Answer<Boolean> delete(GraphObject object, Propagation propagation);

  /** Changes the object of that uid, if it is there; one that is gone or another is left alone. */
  Answer<Boolean> update(ObjectId id, String uid, UnaryOperator<ObjectNode> change);
}
