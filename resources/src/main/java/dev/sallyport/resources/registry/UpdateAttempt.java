package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.Claim;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One request's way from the current state to the next; the same for every attempt. */
final class UpdateAttempt {

  private final Backing backing;
  private final CreateOperation creation;
  private final Ownership ownership;
  private final UpdateRequest request;
  private final ResourceCall call;
  private final ResourceDefinition resource;
  private final KindStrategy strategy;
  private final ObjectView view;

  UpdateAttempt(
      Backing backing, CreateOperation creation, Ownership ownership, UpdateRequest request) {
    this.backing = backing;
    this.creation = creation;
    this.ownership = ownership;
    this.request = request;
    this.call = request.call();
    this.resource = call.resource();
    this.strategy = backing.strategy(resource);
    this.view = ObjectView.of(backing, call);
  }

  UpdateRequest request() {
    return request;
  }

  Answer<WriteResult> proceed(Optional<StoredObject> found) {
    if (found.isEmpty()) {
      return createInstead();
    }
    StoredObject current = found.get();
    return Kept.shown(resource, current).then(shown -> proceed(current, shown));
  }

  /**
   * @param shown the current state as the resource's rules see it
   */
  private Answer<WriteResult> proceed(StoredObject current, StoredObject shown) {
    ObjectNode old = backing.codec().read(shown.json());
    ObjectNode object = view.storable(request.next().of(view.served(old)), old);
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
                request.options().dryRun()))
        .then(
            admitted ->
                write(admitted.object() == null ? object : admitted.object(), old, current));
  }

  private Answer<WriteResult> createInstead() {
    Supplier<ObjectNode> sent = request.whenMissing();
    if (sent == null
        || !call.subresource().isEmpty()
        || !(request.applied() || strategy.traits().contains(Trait.CREATE_ON_UPDATE))) {
      throw new StatusException(Status.notFound(resource.group(), resource.plural(), call.name()));
    }
    ObjectNode object = view.storable(sent.get(), ownership.emptyObject(resource));
    ObjectRules.requireName(object, call);
    ObjectRules.metadata(object).remove("resourceVersion");
    return creation.run(call, object, request.applied(), request.options(), request.warnings());
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
            Status.invalid(resource.group(), resource.kind().kind(), call.name(), faults.causes()));
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
    ObjectNode prepared = prepare(wanted.deepCopy(), old);
    ObjectNode object =
        request.applied() ? prepared : ownership.updated(call, request.options(), old, prepared);
    boolean whole = call.subresource().isEmpty();
    Claim claim = whole ? strategy.claim(object, old, request.options().dryRun()) : Claim.NOTHING;
    return Answers.settled(() -> write(old, current, canonical(object, claim)), claim);
  }

  /** What was claimed stands somewhere in the object; its members keep their order. */
  private ObjectNode canonical(ObjectNode object, Claim claim) {
    return claim == Claim.NOTHING ? object : ObjectRules.canonical(backing, resource, object);
  }

  private Answer<WriteResult> write(ObjectNode old, StoredObject current, ObjectNode object) {
    ObjectRules.validateUpdate(object, old, call, strategy);
    boolean gone = object.path("metadata").has("deletionTimestamp") && strategy.released(object);
    return Kept.draft(backing, resource, object).then(draft -> commit(draft, gone, current));
  }

  private Answer<WriteResult> commit(Draft draft, boolean gone, StoredObject current) {
    if (!gone && current.isSameAs(draft)) {
      return result(current);
    }
    if (request.options().dryRun()) {
      return result(StoredObject.of(current.key(), current.revision(), draft));
    }
    Change change = now -> new Change.Outcome(draft, gone);
    return backing
        .store()
        .update(current.key(), new Preconditions(current.uid(), current.revision()), change)
        .then(this::result);
  }

  private Answer<WriteResult> result(StoredObject stored) {
    return Kept.shown(resource, stored)
        .map(shown -> new WriteResult(200, view.served(shown), request.warnings()));
  }

  private ObjectNode prepare(ObjectNode object, ObjectNode old) {
    ObjectNode metadata = ObjectRules.metadata(object);
    ObjectNode before = ObjectRules.metadata(old);
    metadata.remove(List.of("selfLink", "resourceVersion"));
    for (String member : List.of("uid", "creationTimestamp", "generation", "deletionTimestamp")) {
      KindStrategy.keep(member, metadata, before);
    }
    if (!metadata.has("deletionGracePeriodSeconds")) {
      KindStrategy.keep("deletionGracePeriodSeconds", metadata, before);
    }
    if (call.subresource().isEmpty()) {
      strategy.prepareUpdate(object, old);
    } else {
      strategy.prepareSubresourceUpdate(call.subresource(), object, old, backing.clock().instant());
    }
    ObjectNode canonical = ObjectRules.canonical(backing, resource, object);
    // A binding places an object; it changes nothing that somebody asked for.
    boolean counts =
        strategy.traits().contains(Trait.GENERATION) && !call.subresource().equals("binding");
    if (counts && specDiffers(canonical, old)) {
      ObjectRules.metadata(canonical).put("generation", before.path("generation").asLong() + 1);
      return ObjectRules.canonical(backing, resource, canonical);
    }
    return canonical;
  }

  /** Whether anything but metadata and status is another. */
  private boolean specDiffers(ObjectNode object, ObjectNode old) {
    return differs(object, old) || differs(old, object);
  }

  private boolean differs(ObjectNode one, ObjectNode other) {
    boolean apart = !strategy.traits().contains(Trait.STATUS_IS_CONTENT);
    for (Map.Entry<String, JsonNode> member : one.properties()) {
      String name = member.getKey();
      if (!name.equals("metadata")
          && !(apart && name.equals("status"))
          && !member.getValue().equals(other.get(name))) {
        return true;
      }
    }
    return false;
  }
}
