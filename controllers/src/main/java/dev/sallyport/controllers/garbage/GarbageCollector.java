package dev.sallyport.controllers.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.garbage.Dependents.Dependent;
import dev.sallyport.controllers.garbage.GraphObject.ObjectId;
import dev.sallyport.controllers.garbage.ObjectGraph.Propagation;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes objects whose owners are all gone, holds an owner that is deleted in the foreground until
 * the dependents that block it have gone, and cuts the dependents of an owner that orphans them
 * loose. An object is looked at when it or one of its owners changes; what to do follows from how
 * things are then, not from what has happened.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage
 *     collection</a>
 */
public final class GarbageCollector implements ObjectGraph.Observer {
  private static final Logger log = LoggerFactory.getLogger(GarbageCollector.class);

  private final ObjectGraph graph;
  private final WorkQueue queue;
  private final Dependents dependents = new Dependents();

  /** Owners whose dependents have heard that they are to go or to be let go. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** What is due before the whole graph is known. Guarded by this, as is the flag. */
  private Set<ObjectId> early = new LinkedHashSet<>();

  private boolean complete;

  /**
   * @param later runs a task on the executor after a pause
   */
  public GarbageCollector(ObjectGraph graph, Executor executor, Executor later) {
    this.graph = graph;
    this.queue = new WorkQueue("Collecting", executor, later, this::reconcile);
  }

  /**
   * Reads all objects, then begins: with half the graph known, an owner would seem to have no
   * dependents.
   */
  public void start() {
    graph.observe(this);
    Set<ObjectId> due;
    synchronized (this) {
      complete = true;
      due = early;
      early = Set.of();
    }
    due.forEach(id -> queue.add(key(id)));
  }

  @Override
  public void present(GraphObject object) {
    List<OwnerReference> before = dependents.note(object);
    boolean changed = !before.equals(object.owners());
    if (changed || object.awaitsDependents() || object.letsGoOfDependents()) {
      enqueue(object.id());
    }
    if (changed) {
      enqueueOwners(object, before);
    }
  }

  @Override
  public void gone(GraphObject last) {
    List<OwnerReference> owners = dependents.forget(last.uid());
    told.remove(last.uid());
    for (Dependent dependent : dependents.of(last.uid())) {
      enqueue(dependent.id());
    }
    enqueueOwners(last, owners);
  }

  /** An owner that waits for this dependent may go now, or must tell a new one. */
  private void enqueueOwners(GraphObject object, List<OwnerReference> owners) {
    for (OwnerReference owner : owners) {
      ObjectGraph.Kind kind = graph.kind(owner.apiVersion(), owner.kind());
      if (kind != null) {
        String namespace = kind.namespaced() ? object.id().namespace() : "";
        enqueue(new ObjectId(kind.resource(), namespace, owner.name()));
      }
    }
  }

  private void enqueue(ObjectId id) {
    synchronized (this) {
      if (!complete) {
        early.add(id);
        return;
      }
    }
    queue.add(key(id));
  }

  private Answer<Boolean> reconcile(String key) {
    GraphObject object = graph.find(id(key));
    if (object == null) {
      return Answer.now(true);
    }
    if (object.letsGoOfDependents()) {
      return finish(object, GraphObject.ORPHAN, false);
    }
    if (object.awaitsDependents()) {
      return finish(object, GraphObject.FOREGROUND, true);
    }
    return object.deleting() || object.owners().isEmpty() ? Answer.now(true) : judge(object);
  }

  /**
   * Takes the finalizer off when no dependent stands in the way any more; tells them until then.
   */
  private Answer<Boolean> finish(GraphObject owner, String finalizer, boolean onlyBlocking) {
    Collection<Dependent> all = inReach(owner);
    boolean held = all.stream().anyMatch(each -> !onlyBlocking || each.blocks());
    if (told.add(owner.uid())) {
      all.forEach(each -> enqueue(each.id()));
    }
    return held ? Answer.now(true) : change(owner, object -> withoutFinalizer(object, finalizer));
  }

  /** A cluster-scoped object's claim to an owner in a namespace says nothing. */
  private Collection<Dependent> inReach(GraphObject owner) {
    List<Dependent> near = new ArrayList<>();
    for (Dependent dependent : dependents.of(owner.uid())) {
      if (owner.id().namespace().isEmpty() || !dependent.id().namespace().isEmpty()) {
        near.add(dependent);
      }
    }
    return near;
  }

  private Answer<Boolean> judge(GraphObject object) {
    Ownership owners = Ownership.of(object, graph);
    if (owners.impossible()) {
      log.warn("{} is cluster-scoped and names an owner in a namespace: it is kept", object.id());
      return Answer.now(true);
    }
    if (!owners.released().isEmpty()) {
      return drop(object, owners.released());
    }
    if (!owners.keep().isEmpty()) {
      List<OwnerReference> needless = new ArrayList<>(owners.gone());
      needless.addAll(owners.waiting());
      return needless.isEmpty() ? Answer.now(true) : drop(object, needless);
    }
    if (owners.waiting().isEmpty() || dependents.of(object.uid()).isEmpty()) {
      return delete(object, propagation(object));
    }
    return isInCircle(object)
        ? change(object, GarbageCollector::withoutBlocking) // and is looked at again
        : delete(object, Propagation.FOREGROUND);
  }

  /**
   * In a circle of owners each would wait for the next: where a dependent waits for its own
   * dependents already, this object's owners are not to wait for this object.
   */
  private boolean isInCircle(GraphObject object) {
    return object.owners().stream().anyMatch(OwnerReference::blocks)
        && dependents.of(object.uid()).stream().anyMatch(Dependent::awaitsDependents);
  }

  private static Propagation propagation(GraphObject object) {
    if (object.finalizers().contains(GraphObject.ORPHAN)) {
      return Propagation.ORPHAN;
    }
    return object.finalizers().contains(GraphObject.FOREGROUND)
        ? Propagation.FOREGROUND
        : Propagation.BACKGROUND;
  }

  private Answer<Boolean> delete(GraphObject object, Propagation propagation) {
    return Outcomes.settled(() -> graph.delete(object, propagation));
  }

  private Answer<Boolean> drop(GraphObject object, List<OwnerReference> needless) {
    Set<String> uids = new LinkedHashSet<>();
    needless.forEach(owner -> uids.add(owner.uid()));
    return change(object, current -> withoutOwners(current, uids));
  }

  private Answer<Boolean> change(GraphObject object, UnaryOperator<ObjectNode> change) {
    return Outcomes.settled(() -> graph.update(object.id(), object.uid(), change));
  }

  private static ObjectNode withoutOwners(ObjectNode object, Set<String> uids) {
    ArrayNode kept = object.arrayNode();
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (!uids.contains(owner.path("uid").asText())) {
        kept.add(owner);
      }
    }
    return with(object, "ownerReferences", kept);
  }

  private static ObjectNode withoutBlocking(ObjectNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      ((ObjectNode) owner).put("blockOwnerDeletion", false);
    }
    return object;
  }

  private static ObjectNode withoutFinalizer(ObjectNode object, String name) {
    ArrayNode kept = object.arrayNode();
    for (JsonNode finalizer : object.path("metadata").path("finalizers")) {
      if (!finalizer.asText().equals(name)) {
        kept.add(finalizer);
      }
    }
    return with(object, "finalizers", kept);
  }

  private static ObjectNode with(ObjectNode object, String member, ArrayNode value) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    if (value.isEmpty()) {
      metadata.remove(member);
    } else {
      metadata.set(member, value);
    }
    return object;
  }

  private static String key(ObjectId id) {
    return id.resource().group()
        + "/"
        + id.resource().plural()
        + "/"
        + id.namespace()
        + "/"
        + id.name();
  }

  private static ObjectId id(String key) {
    int group = key.indexOf('/');
    int plural = key.indexOf('/', group + 1);
    int namespace = key.indexOf('/', plural + 1);
    return new ObjectId(
        new ResourceId(key.substring(0, group), key.substring(group + 1, plural)),
        key.substring(plural + 1, namespace),
        key.substring(namespace + 1));
  }
}
