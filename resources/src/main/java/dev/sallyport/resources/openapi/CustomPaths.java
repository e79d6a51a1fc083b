package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.Subresource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

/** The paths and operations of one custom resource. */
final class CustomPaths {

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final List<String> FORMATS = List.of("application/json", "application/yaml");
  private static final List<String> PATCHES =
      List.of(
          "application/apply-patch+yaml",
          "application/json-patch+json",
          "application/merge-patch+json");
  private static final List<String> LIST_TEXTS =
      List.of(
          "continue", "fieldSelector", "labelSelector", "resourceVersion", "resourceVersionMatch");

  private final ResourceDefinition resource;
  private final String typeName;

  CustomPaths(ResourceDefinition resource) {
    this.resource = resource;
    this.typeName = reversed(resource.group()) + "." + resource.version() + ".";
  }

  private static String reversed(String group) {
    List<String> parts = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(group, ".");
    while (words.hasMoreTokens()) {
      parts.add(words.nextToken());
    }
    Collections.reverse(parts);
    return String.join(".", parts);
  }

  String typeName() {
    return typeName + resource.kind().kind();
  }

  String listTypeName() {
    return typeName + resource.listKind().kind();
  }

  static String ref(String type) {
    return "#/components/schemas/" + type;
  }

  static void kind(ObjectNode json, GroupVersionKind kind) {
    json.put("group", kind.group()).put("kind", kind.kind()).put("version", kind.version());
  }

  void addTo(ObjectNode paths) {
    String root = "/apis/" + resource.group() + "/" + resource.version() + "/";
    String place = resource.namespaced() ? root + "namespaces/{namespace}/" : root;
    if (resource.namespaced()) {
      ObjectNode everywhere = paths.putObject(root + resource.plural());
      list(everywhere, "ForAllNamespaces");
      parameters(everywhere, false, false);
    }
    ObjectNode collection = paths.putObject(place + resource.plural());
    list(collection, "");
    write(collection, "post", "create", typeName());
    delete(collection, "deletecollection", "deleteCollection");
    parameters(collection, resource.namespaced(), false);
    ObjectNode object = paths.putObject(place + resource.plural() + "/{name}");
    object(object, typeName(), "");
    delete(object, "delete", "delete");
    parameters(object, resource.namespaced(), true);
    for (Subresource subresource : resource.subresources()) {
      ObjectNode below =
          paths.putObject(place + resource.plural() + "/{name}/" + subresource.name());
      boolean own = subresource.kind().equals(resource.kind());
      object(below, own ? typeName() : "io.k8s.api.autoscaling.v1.Scale", own ? "Status" : "Scale");
      parameters(below, resource.namespaced(), true);
    }
  }

  private void list(ObjectNode path, String suffix) {
    ObjectNode get = operation(path, "get", "list", "list", suffix);
    ArrayNode parameters = get.putArray("parameters");
    LIST_TEXTS.forEach(name -> query(parameters, name, "string"));
    query(parameters, "allowWatchBookmarks", "boolean");
    query(parameters, "sendInitialEvents", "boolean");
    query(parameters, "watch", "boolean");
    query(parameters, "limit", "integer");
    query(parameters, "timeoutSeconds", "integer");
    responses(get, listTypeName(), "200");
  }

  private void object(ObjectNode path, String type, String suffix) {
    ObjectNode get = operation(path, "get", "get", "read", suffix);
    query(get.putArray("parameters"), "resourceVersion", "string");
    responses(get, type, "200");
    write(path, "put", "replace" + suffix, type);
    ObjectNode patch = operation(path, "patch", "patch", "patch", suffix);
    query(writeParameters(patch), "force", "boolean");
    content(patch.putObject("requestBody").put("required", true), PATCHES, META + "Patch");
    responses(patch, type, "200");
  }

  private void write(ObjectNode path, String method, String verb, String type) {
    ObjectNode write = operation(path, method, method, verb, "");
    writeParameters(write);
    content(write.putObject("requestBody").put("required", true), FORMATS, type);
    responses(write, type, "200", "201");
  }

  private static ArrayNode writeParameters(ObjectNode operation) {
    ArrayNode parameters = operation.putArray("parameters");
    for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
      query(parameters, name, "string");
    }
    return parameters;
  }

  private void delete(ObjectNode path, String action, String verb) {
    ObjectNode delete = operation(path, "delete", action, verb, "");
    ArrayNode parameters = delete.putArray("parameters");
    query(parameters, "dryRun", "string");
    query(parameters, "gracePeriodSeconds", "integer");
    query(parameters, "orphanDependents", "boolean");
    query(parameters, "propagationPolicy", "string");
    content(delete.putObject("requestBody"), FORMATS, META + "DeleteOptions");
    responses(delete, META + "Status", "200", "202");
  }

  private ObjectNode operation(
      ObjectNode path, String method, String action, String verb, String suffix) {
    ObjectNode operation = path.putObject(method);
    String scope = resource.namespaced() && suffix.indexOf("All") < 0 ? "Namespaced" : "";
    String group =
        Character.toUpperCase(resource.group().charAt(0)) + resource.group().substring(1);
    String version =
        Character.toUpperCase(resource.version().charAt(0)) + resource.version().substring(1);
    operation.put(
        "operationId",
        verb + word(group) + word(version) + scope + resource.kind().kind() + suffix);
    operation.putArray("tags").add(word(resource.group()) + "_" + resource.version());
    operation.put("x-kubernetes-action", action);
    kind(operation.putObject("x-kubernetes-group-version-kind"), resource.kind());
    return operation;
  }

  /** A group's name without its dots, each of its parts with a capital. */
  private static String word(String group) {
    StringBuilder word = new StringBuilder();
    boolean capital = false;
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      if (c == '.') {
        capital = true;
      } else {
        word.append(capital ? Character.toUpperCase(c) : c);
        capital = false;
      }
    }
    return word.toString();
  }

  private static void responses(ObjectNode operation, String type, String... codes) {
    ObjectNode responses = operation.putObject("responses");
    for (String code : codes) {
      content(responses.putObject(code).put("description", "OK"), FORMATS, type);
    }
    responses.putObject("401").put("description", "Unauthorized");
  }

  private static void content(ObjectNode holder, List<String> formats, String type) {
    ObjectNode content = holder.putObject("content");
    for (String format : formats) {
      content.putObject(format).putObject("schema").put("$ref", ref(type));
    }
  }

  private static void parameters(ObjectNode path, boolean namespaced, boolean named) {
    ArrayNode parameters = path.putArray("parameters");
    if (named) {
      inPath(parameters, "name");
    }
    if (namespaced) {
      inPath(parameters, "namespace");
    }
    query(parameters, "pretty", "string");
  }

  private static void inPath(ArrayNode parameters, String name) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", "path");
    parameter.put("required", true).putObject("schema").put("type", "string");
  }

  private static void query(ArrayNode parameters, String name, String type) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
    parameter.putObject("schema").put("type", type).put("uniqueItems", true);
  }
}
