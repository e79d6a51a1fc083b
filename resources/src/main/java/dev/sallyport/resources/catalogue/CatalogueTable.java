package dev.sallyport.resources.catalogue;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.SelectableField;
import dev.sallyport.resources.Subresource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Reads {@code catalogue.txt}, whose head says its form. */
final class CatalogueTable {

  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> OBJECT_VERBS = List.of("get", "patch", "update");

  private final List<ResourceGroup> groups = new ArrayList<>();
  private final List<ResourceGroup.Version> versions = new ArrayList<>();
  private final List<ResourceDefinition> resources = new ArrayList<>();
  private final List<Subresource> subresources = new ArrayList<>();
  private String group = "";
  private String version = "";
  private String pending = "";

  private CatalogueTable() {}

  /** What every server serves. */
  static List<ResourceGroup> builtIn() {
    return read("catalogue.txt");
  }

  /** What is served where a flag asks for it. */
  static List<ResourceGroup> own() {
    return read("sallyport.txt");
  }

  private static List<ResourceGroup> read(String table) {
    try (InputStream in = CatalogueTable.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalStateException(table + " is missing");
      }
      return new CatalogueTable().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ResourceGroup> parse(String text) {
    text.lines().forEach(this::line);
    endVersion();
    endGroup();
    return List.copyOf(groups);
  }

  private void line(String line) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return;
    }
    if (line.startsWith("group ")) {
      StringTokenizer words = new StringTokenizer(line.substring("group ".length()));
      String name = words.nextToken();
      startVersion(name.equals("core") ? "" : name, words.nextToken());
    } else if (line.charAt(0) == ' ') {
      subresources.add(subresource(new StringTokenizer(line)));
    } else {
      endResource();
      pending = line;
    }
  }

  private void startVersion(String newGroup, String newVersion) {
    endVersion();
    if (!newGroup.equals(group)) {
      endGroup();
    }
    group = newGroup;
    version = newVersion;
  }

  private void endVersion() {
    endResource();
    if (!resources.isEmpty()) {
      versions.add(new ResourceGroup.Version(version, resources));
      resources.clear();
    }
  }

  private void endGroup() {
    if (!versions.isEmpty()) {
      groups.add(new ResourceGroup(group, versions));
      versions.clear();
    }
  }

  private void endResource() {
    if (!pending.isEmpty()) {
      resources.add(resource(new StringTokenizer(pending)));
      subresources.clear();
      pending = "";
    }
  }

  private ResourceDefinition resource(StringTokenizer words) {
    String plural = words.nextToken();
    String singular = words.nextToken();
    GroupVersionKind kind = new GroupVersionKind(group, version, words.nextToken());
    boolean namespaced = words.nextToken().equals("namespaced");
    List<String> verbs = verbs(words.nextToken());
    Options options = new Options(plural, kind);
    while (words.hasMoreTokens()) {
      options.add(words.nextToken());
    }
    return new ResourceDefinition(
        kind,
        plural,
        singular,
        options.shortNames,
        options.categories,
        namespaced,
        verbs,
        options.collection,
        options.storageKind,
        options.hash(),
        options.fields,
        subresources);
  }

  private Subresource subresource(StringTokenizer words) {
    String name = words.nextToken();
    String kind = words.nextToken();
    int dot = kind.indexOf('.');
    GroupVersionKind full =
        dot < 0
            ? new GroupVersionKind(group, version, kind)
            : GroupVersionKind.of(kind.substring(dot + 1), kind.substring(0, dot));
    return new Subresource(name, full, verbs(words.nextToken()));
  }

  private static List<String> verbs(String word) {
    return switch (word) {
      case "*" -> ALL_VERBS;
      case "+" -> OBJECT_VERBS;
      default -> list(word);
    };
  }

  private static List<String> list(String commaSeparated) {
    List<String> parts = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(commaSeparated, ",");
    while (words.hasMoreTokens()) {
      parts.add(words.nextToken());
    }
    return parts;
  }

  /** The {@code key=value} words of a resource line. */
  private static final class Options {
    private final GroupVersionKind kind;
    private List<String> shortNames = List.of();
    private List<String> categories = List.of();
    private final List<SelectableField> fields = new ArrayList<>();
    private String collection;
    private GroupVersionKind storageKind;
    private String hashVersion = "";

    Options(String plural, GroupVersionKind kind) {
      this.kind = kind;
      this.collection = plural;
      this.storageKind = kind;
    }

    void add(String word) {
      int equals = word.indexOf('=');
      String value = word.substring(equals + 1);
      switch (word.substring(0, equals)) {
        case "short" -> shortNames = list(value);
        case "categories" -> categories = list(value);
        case "collection" -> collection = value.equals("none") ? "" : value;
        case "stored-as" -> storageKind = GroupVersionKind.of(value, kind.kind());
        case "hash-version" -> hashVersion = value;
        case "fields" -> list(value).forEach(field -> fields.add(field(field)));
        default -> throw new IllegalStateException("catalogue.txt: " + word);
      }
    }

    private static SelectableField field(String word) {
      int equals = word.indexOf('=');
      int colon = word.indexOf(':');
      String label = equals < 0 ? word : word.substring(0, equals);
      String path = word.substring(equals + 1, colon < 0 ? word.length() : colon);
      List<String> steps = new ArrayList<>();
      StringTokenizer words = new StringTokenizer(path, ".");
      while (words.hasMoreTokens()) {
        steps.add(words.nextToken());
      }
      return new SelectableField(label, steps, colon < 0 ? "" : word.substring(colon + 1));
    }

    String hash() {
      if (collection.isEmpty()) {
        return "";
      }
      return StorageVersionHash.of(
          hashVersion.isEmpty()
              ? storageKind
              : new GroupVersionKind(kind.group(), hashVersion, kind.kind()));
    }
  }
}
