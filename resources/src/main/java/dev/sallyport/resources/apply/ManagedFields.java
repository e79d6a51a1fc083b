package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The owners of an object's fields: metadata.managedFields as a map. Not thread safe. */
final class ManagedFields {

  /**
   * An owner; its time is not part of who it is.
   *
   * @param operation Apply or Update
   * @param apiVersion the version it wrote in; "" for an applier, who is one over all versions
   */
  record Owner(String manager, String operation, String apiVersion, String subresource) {

    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    boolean applies() {
      return operation.equals(APPLY);
    }
  }

  /** What an owner owns, and since when it is that. */
  record Share(FieldSet fields, String apiVersion, String time) {}

  private final Map<Owner, Share> shares = new LinkedHashMap<>();

  static ManagedFields of(JsonNode entries) {
    ManagedFields managed = new ManagedFields();
    for (JsonNode entry : entries) {
      String operation = entry.path("operation").asText();
      if (!operation.isEmpty()) {
        String version = entry.path("apiVersion").asText();
        Owner owner =
            new Owner(
                entry.path("manager").asText(),
                operation,
                operation.equals(Owner.APPLY) ? "" : version,
                entry.path("subresource").asText());
        FieldSet fields = FieldSet.of(entry.path("fieldsV1"));
        managed.shares.put(owner, new Share(fields, version, entry.path("time").asText()));
      }
    }
    return managed;
  }

  Map<Owner, Share> shares() {
    return shares;
  }

  /** What an owner owns; nothing for a stranger. */
  FieldSet fields(Owner owner) {
    Share share = shares.get(owner);
    return share == null ? new FieldSet() : share.fields();
  }

  /** Gives an owner other fields; its time changes only if they do. No fields: no owner. */
  void set(Owner owner, FieldSet fields, String apiVersion, String now) {
    Share before = shares.get(owner);
    if (fields.isEmpty()) {
      shares.remove(owner);
    } else if (before == null
        || !before.fields().equals(fields)
        || !before.apiVersion().equals(apiVersion)) {
      shares.put(owner, new Share(fields, apiVersion, now));
    }
  }

  /** Takes fields from all owners but one. */
  void takeFromOthers(Owner kept, FieldSet fields) {
    for (Map.Entry<Owner, Share> entry : List.copyOf(shares.entrySet())) {
      if (!entry.getKey().equals(kept)) {
        Share share = entry.getValue();
        FieldSet rest = share.fields().minus(fields);
        if (rest.isEmpty()) {
          shares.remove(entry.getKey());
        } else {
          shares.put(entry.getKey(), new Share(rest, share.apiVersion(), share.time()));
        }
      }
    }
  }

  /** All that anybody owns. */
  FieldSet all() {
    FieldSet all = new FieldSet();
    for (Share share : shares.values()) {
      all = all.union(share.fields());
    }
    return all;
  }

  /** Appliers first, then by time and name. */
  ArrayNode json() {
    List<Map.Entry<Owner, Share>> entries = new ArrayList<>(shares.entrySet());
    entries.sort(
        Comparator.comparing((Map.Entry<Owner, Share> entry) -> !entry.getKey().applies())
            .thenComparing(entry -> entry.getValue().time())
            .thenComparing(entry -> entry.getKey().manager())
            .thenComparing(entry -> entry.getKey().subresource()));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Map.Entry<Owner, Share> entry : entries) {
      json.add(json(entry.getKey(), entry.getValue()));
    }
    return json;
  }

  private static ObjectNode json(Owner owner, Share share) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("manager", owner.manager()).put("operation", owner.operation());
    json.put("apiVersion", share.apiVersion());
    if (!share.time().isEmpty()) {
      json.put("time", share.time());
    }
    json.put("fieldsType", "FieldsV1").set("fieldsV1", share.fields().json());
    if (!owner.subresource().isEmpty()) {
      json.put("subresource", owner.subresource());
    }
    return json;
  }
}
