package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes an object: reads it, makes the next state, asks admission, checks the rules and writes
 * under the condition that nobody was faster; else all of it again.
 */
final class UpdateOperation {

  /** Enough to win against any writer that is not a loop itself. */
  private static final int ATTEMPTS = 50;

  private final Backing backing;
  private final CreateOperation creation;

  UpdateOperation(Backing backing, CreateOperation creation) {
    this.backing = backing;
    this.creation = creation;
  }

  /** Makes the next state of an object, in the version its resource serves. */
  interface Next {
    /**
     * @param served the current state, not to be changed
     */
    ObjectNode of(ObjectNode served);
  }

  /**
   * @param createIfMissing makes the object when there is none, or null to refuse with 404
   */
  Answer<WriteResult> run(
      ResourceCall call,
      Next next,
      @Nullable Supplier<ObjectNode> createIfMissing,
      WriteOptions options,
      List<String> warnings) {
    return new Run(call, next, createIfMissing, options, warnings).attempt(ATTEMPTS);
  }

  /** One request, over all its attempts. */
  private final class Run {
    private final ResourceCall call;
    private final ResourceDefinition resource;
    private final KindStrategy strategy;
    private final ObjectView view;
    private final Next next;
    private final @Nullable Supplier<ObjectNode> createIfMissing;
    private final WriteOptions options;
    private final List<String> warnings;
    private final Key key;

    Run(
        ResourceCall call,
        Next next,
        @Nullable Supplier<ObjectNode> createIfMissing,
        WriteOptions options,
        List<String> warnings) {
      this.call = call;
      this.resource = call.resource();
      this.strategy = backing.strategy(resource);
      this.view = new ObjectView(backing.codec(), resource);
      this.next = next;
      this.createIfMissing = createIfMissing;
      this.options = options;
      this.warnings = warnings;
      this.key = call.key(call.name());
    }

    Answer<WriteResult> attempt(int left) {
      return Answers.recover(
          () -> backing.store().get(key).then(this::proceed),
          failure -> {
            if (left > 1 && lostRace(failure)) {
              return attempt(left - 1);
            }
            throw StoreErrors.translated(failure, resource, call.name());
          });
    }

    private boolean lostRace(Throwable failure) {
      return failure instanceof StoreException store
          && (store.kind() == StoreException.Kind.CONFLICT
              || store.kind() == StoreException.Kind.NOT_FOUND);
    }

    private Answer<WriteResult> proceed(Optional<StoredObject> found) {
      if (found.isEmpty()) {
        return createInstead();
      }
      StoredObject current = found.get();
      ObjectNode old = backing.codec().read(current.json());
      ObjectNode object = view.storable(next.of(view.served(old)));
      ObjectRules.placeInNamespace(object, call);
      ObjectRules.requireName(object, call);
      checkVersion(object, current);
      strategy.applyDefaults(object);
      return backing
          .admission()
          .admit(
              new Admission.Request(
                  call.user(),
                  Admission.Operation.UPDATE,
                  resource,
                  call.subresource(),
                  call.namespace(),
                  call.name(),
                  object,
                  old,
                  options.dryRun()))
          .then(
              admitted ->
                  write(admitted.object() == null ? object : admitted.object(), old, current));
    }

    private Answer<WriteResult> createInstead() {
      Supplier<ObjectNode> sent = createIfMissing;
      if (sent == null
          || !call.subresource().isEmpty()
          || !strategy.traits().contains(Trait.CREATE_ON_UPDATE)) {
        throw new StatusException(
            Status.notFound(resource.group(), resource.plural(), call.name()));
      }
      ObjectNode object = view.storable(sent.get());
      ObjectRules.requireName(object, call);
      ObjectRules.metadata(object).remove("resourceVersion");
      return creation.run(call, object, options, warnings);
    }

    private void checkVersion(ObjectNode object, StoredObject current) {
      ObjectNode metadata = ObjectRules.metadata(object);
      String uid = ObjectRules.text(metadata, "uid");
      if (!uid.isEmpty() && !uid.equals(current.uid())) {
        throw conflict(
            "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                .formatted(uid, current.uid()));
      }
      String version = ObjectRules.text(metadata, "resourceVersion");
      if (version.isEmpty() || version.equals("0")) {
        if (strategy.traits().contains(Trait.VERSIONED_UPDATES_ONLY)) {
          Faults faults = new Faults();
          faults.invalid("metadata.resourceVersion", 0, "must be specified for an update");
          throw new StatusException(
              Status.invalid(
                  resource.group(), resource.kind().kind(), call.name(), faults.causes()));
        }
      } else if (ResourceVersions.parseOrRefuse(version) != current.revision()) {
        throw conflict(StoreErrors.MODIFIED);
      }
    }

    private StatusException conflict(String why) {
      return new StatusException(
          Status.conflict(resource.group(), resource.plural(), call.name(), why));
    }

    private Answer<WriteResult> write(ObjectNode wanted, ObjectNode old, StoredObject current) {
      ObjectNode object = prepare(wanted.deepCopy(), old);
      ObjectRules.validateUpdate(object, old, resource, strategy);
      Draft draft = backing.codec().draft(resource, object);
      boolean gone = object.path("metadata").has("deletionTimestamp") && strategy.released(object);
      if (!gone && current.isSameAs(draft)) {
        return Answer.now(result(current));
      }
      if (options.dryRun()) {
        return Answer.now(result(StoredObject.of(key, current.revision(), draft)));
      }
      Change change = now -> new Change.Outcome(draft, gone);
      return backing
          .store()
          .update(key, new Preconditions(current.uid(), current.revision()), change)
          .map(this::result);
    }

    private WriteResult result(StoredObject stored) {
      return new WriteResult(200, view.served(stored), warnings);
    }

    private ObjectNode prepare(ObjectNode object, ObjectNode old) {
      ObjectNode metadata = ObjectRules.metadata(object);
      ObjectNode before = ObjectRules.metadata(old);
      metadata.remove(List.of("selfLink", "managedFields", "resourceVersion"));
      for (String member : List.of("uid", "creationTimestamp", "generation", "deletionTimestamp")) {
        KindStrategy.keep(member, metadata, before);
      }
      if (!metadata.has("deletionGracePeriodSeconds")) {
        KindStrategy.keep("deletionGracePeriodSeconds", metadata, before);
      }
      if (call.subresource().equals("status")) {
        strategy.prepareStatusUpdate(object, old);
      } else if (call.subresource().isEmpty()) {
        strategy.prepareUpdate(object, old);
      }
      ObjectNode canonical = ObjectRules.canonical(backing, resource, object);
      if (strategy.traits().contains(Trait.GENERATION) && specDiffers(canonical, old)) {
        ObjectRules.metadata(canonical).put("generation", before.path("generation").asLong() + 1);
        return ObjectRules.canonical(backing, resource, canonical);
      }
      return canonical;
    }

    /** Whether anything but metadata and status is another. */
    private static boolean specDiffers(ObjectNode object, ObjectNode old) {
      return differs(object, old) || differs(old, object);
    }

    private static boolean differs(ObjectNode one, ObjectNode other) {
      Iterator<Map.Entry<String, JsonNode>> members = one.fields();
      while (members.hasNext()) {
        var member = members.next();
        String name = member.getKey();
        if (!name.equals("metadata")
            && !name.equals("status")
            && !member.getValue().equals(other.get(name))) {
          return true;
        }
      }
      return false;
    }
  }
}
