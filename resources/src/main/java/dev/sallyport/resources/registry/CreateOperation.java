package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.ObjectCodec.Decoded;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.Claim;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.UUID;

/** Brings a new object into being. */
final class CreateOperation {

  private static final int NAME_ATTEMPTS = 8;

  private final Backing backing;
  private final NamespaceLifecycle namespaces;
  private final Ownership ownership;

  CreateOperation(Backing backing, NamespaceLifecycle namespaces, Ownership ownership) {
    this.backing = backing;
    this.namespaces = namespaces;
    this.ownership = ownership;
  }

  Answer<WriteResult> run(ResourceCall call, Body body) {
    WriteOptions options = WriteOptions.parse(call.query(), "CreateOptions");
    ResourceDefinition resource = call.resource();
    Decoded decoded =
        backing
            .codec()
            .decode(body.format(), body.bytes(), resource.kind(), options.fieldValidation());
    body.listener().accept(decoded.object());
    ObjectNode object =
        ObjectView.of(backing, resource)
            .storable(decoded.object(), ownership.emptyObject(resource));
    return run(call, object, false, options, decoded.warnings());
  }

  /**
   * @param object in its stored version; changed here
   * @param owned whether it says who owns its fields, as one does that was applied
   */
  Answer<WriteResult> run(
      ResourceCall call,
      ObjectNode object,
      boolean owned,
      WriteOptions options,
      List<String> warnings) {
    ResourceDefinition resource = call.resource();
    refuseWhileTerminating(resource);
    ObjectRules.placeInNamespace(object, call);
    backing.strategy(resource).applyDefaults(object);
    String name = ObjectRules.text(ObjectRules.metadata(object), "name");
    return namespaces
        .beforeCreate(resource, call.namespace(), name)
        .then(
            there ->
                backing
                    .admission()
                    .admit(
                        new Admission.Request(
                            call.user(),
                            Admission.Operation.CREATE,
                            resource,
                            call.subresource(),
                            call.namespace(),
                            name,
                            object,
                            null,
                            options.dryRun())))
        .then(
            admitted -> {
              ObjectNode accepted = admitted.object() == null ? object : admitted.object();
              ObjectNode settled = owned ? accepted : ownership.created(call, options, accepted);
              return store(call, settled, options, warnings, NAME_ATTEMPTS);
            });
  }

  /** Nothing new comes while the definition of its kind goes. */
  private static void refuseWhileTerminating(ResourceDefinition resource) {
    CustomKind custom = resource.custom();
    if (custom != null && custom.terminating()) {
      throw new StatusException(
          new Status(
              405,
              Reason.METHOD_NOT_ALLOWED,
              "create not allowed while custom resource definition is terminating",
              new StatusDetails("", resource.group(), resource.plural(), "", List.of(), 0)));
    }
  }

  private Answer<WriteResult> store(
      ResourceCall call,
      ObjectNode object,
      WriteOptions options,
      List<String> warnings,
      int attempts) {
    ResourceDefinition resource = call.resource();
    ObjectNode prepared = prepare(object.deepCopy(), call);
    String name = ObjectRules.text(ObjectRules.metadata(prepared), "name");
    boolean generated = ObjectRules.text(ObjectRules.metadata(object), "name").isEmpty();
    ObjectView view = ObjectView.of(backing, resource);
    return Answers.recover(
        () ->
            claimed(call, prepared, options)
                .then(stored -> Kept.shown(resource, stored))
                .map(shown -> new WriteResult(201, view.served(shown), warnings)),
        failure -> {
          boolean taken =
              failure instanceof StoreException store && store.kind() == StoreException.Kind.EXISTS;
          if (taken && generated && attempts > 1) {
            return store(call, object, options, warnings, attempts - 1);
          }
          throw StoreErrors.translated(failure, resource, name);
        });
  }

  private Answer<StoredObject> claimed(
      ResourceCall call, ObjectNode prepared, WriteOptions options) {
    Claim claim = backing.strategy(call.resource()).claim(prepared, null, options.dryRun());
    return Answers.settled(
        () -> write(call, ObjectRules.canonical(backing, call.resource(), prepared), options),
        claim);
  }

  private Answer<StoredObject> write(ResourceCall call, ObjectNode prepared, WriteOptions options) {
    ResourceDefinition resource = call.resource();
    ObjectNode metadata = ObjectRules.metadata(prepared);
    ObjectRules.validate(prepared, resource, backing.strategy(resource));
    if (!ObjectRules.text(metadata, "resourceVersion").isEmpty()) {
      // Not a refusal with a reason in the original either: the store below said it.
      throw new StatusException(
          new Status(500, "", "resourceVersion should not be set on objects to be created", null));
    }
    Key key = call.key(ObjectRules.text(metadata, "name"));
    return Kept.draft(backing, resource, prepared)
        .then(draft -> options.dryRun() ? tried(key, draft) : backing.store().create(key, draft));
  }

  private Answer<StoredObject> tried(Key key, Draft draft) {
    return backing
        .store()
        .get(key)
        .map(
            found -> {
              if (found.isPresent()) {
                throw new StoreException(StoreException.Kind.EXISTS, "exists");
              }
              return StoredObject.unsaved(key, draft);
            });
  }

  private ObjectNode prepare(ObjectNode object, ResourceCall call) {
    ResourceDefinition resource = call.resource();
    KindStrategy strategy = backing.strategy(resource);
    ObjectNode metadata = ObjectRules.metadata(object);
    metadata.remove(List.of("selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"));
    String prefix = ObjectRules.text(metadata, "generateName");
    if (ObjectRules.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
      metadata.put("name", GeneratedNames.of(prefix));
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", ObjectRules.timestamp(backing.clock().instant()));
    if (strategy.traits().contains(Trait.GENERATION)) {
      metadata.put("generation", 1);
    }
    strategy.prepareCreate(object, call.user());
    return object;
  }
}
