package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKinds;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes meta.k8s.io/v1 Tables as JSON. A stored object's row is made once and kept with the object;
 * only ages are written anew. Any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables">Receiving
 *     resources as Tables</a>
 */
public final class Tables {

  private static final String HEAD =
      "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":";

  private final ObjectCodec codec;
  private final Clock clock;
  private final CustomKinds customs;
  private final Printers printers = new Printers();
  private final Map<GroupVersionKind, String> columns = new ConcurrentHashMap<>();

  public Tables(ObjectCodec codec, Clock clock) {
    this(codec, clock, CustomKinds.NONE);
  }

  public Tables(ObjectCodec codec, Clock clock, CustomKinds customs) {
    this.codec = codec;
    this.customs = customs;
    this.clock = clock;
  }

  /**
   * A table of many objects.
   *
   * @param kind the objects' kind, as the resource serves them
   * @param listMetadata the list's metadata as JSON
   */
  public byte[] list(
      GroupVersionKind kind,
      String listMetadata,
      List<StoredObject> objects,
      IncludeObject include) {
    StringBuilder json = new StringBuilder(1024 + objects.size() * 320);
    json.append(head(kind, listMetadata));
    Instant now = clock.instant();
    for (int i = 0; i < objects.size(); i++) {
      json.append(i == 0 ? "" : ",");
      row(kind, objects.get(i), include, now, json);
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A table's JSON before its first row. */
  public String head(GroupVersionKind kind, String listMetadata) {
    return HEAD + listMetadata + ",\"columnDefinitions\":" + columns(kind) + ",\"rows\":[";
  }

  /** One row of a table as JSON. */
  public byte[] row(GroupVersionKind kind, StoredObject object, IncludeObject include) {
    StringBuilder json = new StringBuilder(512);
    row(kind, object, include, clock.instant(), json);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A table of one object.
   *
   * @param withColumns whether the columns are told; a watch tells them once
   */
  public byte[] object(
      GroupVersionKind kind, StoredObject object, IncludeObject include, boolean withColumns) {
    StringBuilder json = new StringBuilder(1024);
    json.append(HEAD).append("{\"resourceVersion\":\"").append(object.revision());
    json.append("\"},\"columnDefinitions\":").append(withColumns ? columns(kind) : "null");
    json.append(",\"rows\":[");
    row(kind, object, include, clock.instant(), json);
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A bookmark of a watch for tables: a row that holds nothing but a version. */
  public byte[] bookmark(
      GroupVersionKind kind, long revision, boolean initialEnd, boolean withColumns) {
    StringBuilder json = new StringBuilder(512);
    json.append(HEAD).append("{\"resourceVersion\":\"").append(revision);
    json.append("\"},\"columnDefinitions\":").append(withColumns ? columns(kind) : "null");
    json.append(",\"rows\":[{\"cells\":[],\"object\":");
    json.append(new String(PartialMetadata.bookmark(revision, initialEnd), StandardCharsets.UTF_8));
    return json.append("}]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void row(
      GroupVersionKind kind,
      StoredObject object,
      IncludeObject include,
      Instant now,
      StringBuilder json) {
    json.append("{\"cells\":");
    cells(kind, object).write(json, now);
    json.append(",\"object\":");
    switch (include) {
      case NONE -> json.append("null");
      case METADATA -> json.append(PartialMetadata.text(object));
      case OBJECT -> json.append(new String(object.json(), StandardCharsets.UTF_8));
    }
    json.append('}');
  }

  private Cells cells(GroupVersionKind kind, StoredObject object) {
    CustomKind custom = customs.find(kind);
    if (custom != null) {
      return CustomCells.of(custom, codec.read(object.json()));
    }
    if (object.derived() instanceof Cells made) {
      return made;
    }
    Cells cells = new Cells();
    printers.of(kind).row().fill(codec.read(object.json()), cells);
    object.keepDerived(cells);
    return cells;
  }

  private String columns(GroupVersionKind kind) {
    CustomKind custom = customs.find(kind);
    if (custom != null) {
      return CustomCells.columns(custom);
    }
    return columns.computeIfAbsent(
        kind,
        of -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          printers.of(of).columns().forEach(column -> list.add(column.json()));
          return list.toString();
        });
  }
}
