package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.apply.ManagedFields.Owner;

/**
 * Keeps metadata.managedFields for one writer, and carries out its server-side applies. Immutable;
 * any thread; trees given are not changed.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Field
 *     management</a>
 */
public final class FieldManager {

  private static final String MANAGED = "managedFields";

  private final Typed type;
  private final String manager;
  private final String apiVersion;
  private final String subresource;
  private final String now;
  private final boolean statusApart;

  /**
   * @param schema the kind's
   * @param manager who writes
   * @param apiVersion the version the writer speaks
   * @param subresource "" for the object itself
   * @param now the time as objects carry it
   */
  public FieldManager(
      StructSchema schema, String manager, String apiVersion, String subresource, String now) {
    this(schema, manager, apiVersion, subresource, now, true);
  }

  /**
   * @param statusApart whether the status is written through its subresource only
   */
  public FieldManager(
      StructSchema schema,
      String manager,
      String apiVersion,
      String subresource,
      String now,
      boolean statusApart) {
    this.statusApart = statusApart;
    this.type = Typed.root(schema);
    this.manager = manager;
    this.apiVersion = apiVersion;
    this.subresource = subresource;
    this.now = now;
  }

  /**
   * The object after an update or creation, with its owners: whatever differs from {@code live}
   * belongs to the writer.
   *
   * @param live the canonical state before; for a creation an empty object of the kind
   */
  public ObjectNode update(ObjectNode live, ObjectNode object) {
    ManagedFields managed = ownersForUpdate(live, object);
    Owner owner = new Owner(manager, Owner.UPDATE, apiVersion, subresource);
    TreeComparison comparison = TreeComparison.of(bare(live), bare(object), type);
    FieldSet changed = stripped(comparison.changed());
    FieldSet removed = stripped(comparison.removed());
    managed.takeFromOthers(owner, changed.union(removed));
    managed.set(owner, managed.fields(owner).minus(removed).union(changed), apiVersion, now);
    return with(object, managed);
  }

  /** A client may send other owners than are stored, and so correct them; mostly it does not. */
  private static ManagedFields ownersForUpdate(ObjectNode live, ObjectNode object) {
    JsonNode sent = object.path("metadata").path(MANAGED);
    boolean reset = sent.size() == 1 && sent.get(0).isEmpty();
    ManagedFields owners = ManagedFields.of(sent);
    return reset || !owners.shares().isEmpty()
        ? owners
        : ManagedFields.of(live.path("metadata").path(MANAGED));
  }

  /**
   * The object after an apply: everything the configuration says, without what its writer applied
   * before and nobody owns now.
   *
   * @param live the canonical state before; for a creation an empty object of the kind
   * @param config as it was sent, not canonical: only what it says is owned
   * @param force whether fields are taken from their owners
   * @throws dev.sallyport.api.StatusException 409 when others own what would change
   */
  public ObjectNode apply(ObjectNode live, ObjectNode config, boolean force) {
    ManagedFields managed = ManagedFields.of(live.path("metadata").path(MANAGED));
    Owner owner = new Owner(manager, Owner.APPLY, "", subresource);
    FieldSet before = managed.fields(owner);
    FieldSet named = OwnedFields.of(bare(config), type);
    FieldSet applied = stripped(named);
    ObjectNode merged = (ObjectNode) TreeMerge.merge(live, config, type);
    managed.set(owner, applied, apiVersion, now);
    // The name is owned by nobody, and yet metadata that the configuration names is not given up.
    FieldSet abandoned = before.withParents().minus(managed.all().union(named).withParents());
    ObjectNode result = (ObjectNode) TreeMerge.without(merged, abandoned, type);
    TreeComparison comparison = TreeComparison.of(bare(live), bare(result), type);
    FieldSet changed = stripped(comparison.changed());
    if (!force) {
      ApplyConflicts.check(managed, owner, changed);
    }
    managed.takeFromOthers(owner, changed.union(stripped(comparison.removed())));
    return with(result, managed);
  }

  private static ObjectNode bare(ObjectNode object) {
    ObjectNode bare = object.deepCopy();
    if (bare.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(MANAGED);
    }
    return bare;
  }

  /** Without what the server alone says, and without what this endpoint does not write. */
  private FieldSet stripped(FieldSet set) {
    FieldSet result = new FieldSet().union(set);
    result.drop("f:apiVersion");
    result.drop("f:kind");
    FieldSet metadata = result.at("f:metadata");
    if (metadata != null) {
      for (String name :
          new String[] {
            "name",
            "namespace",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink",
            "uid",
            "generation",
            "resourceVersion"
          }) {
        metadata.drop(FieldSteps.member(name));
      }
      if (metadata.member()) {
        result.drop("f:metadata");
        result.enter("f:metadata").addAllBelow(metadata);
      }
    }
    if (subresource.isEmpty()) {
      if (statusApart) {
        result.drop("f:status");
      }
    } else if (subresource.equals("status")) {
      result.drop("f:spec");
    }
    return result.compact();
  }

  private static ObjectNode with(ObjectNode object, ManagedFields managed) {
    ObjectNode result = object.deepCopy();
    ObjectNode metadata = result.withObjectProperty("metadata");
    ArrayNode entries = managed.json();
    if (entries.isEmpty()) {
      metadata.remove(MANAGED);
    } else {
      metadata.set(MANAGED, entries);
    }
    return result;
  }
}
