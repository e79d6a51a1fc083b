package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a definition's kind is called; "" for what has no name yet. */
public record DefinitionNames(
    String plural,
    String singular,
    List<String> shortNames,
    String kind,
    String listKind,
    List<String> categories) {

  public DefinitionNames {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }

  static DefinitionNames read(JsonNode names) {
    return new DefinitionNames(
        names.path("plural").asText(),
        names.path("singular").asText(),
        texts(names.path("shortNames")),
        names.path("kind").asText(),
        names.path("listKind").asText(),
        texts(names.path("categories")));
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  void write(ObjectNode names) {
    names.removeAll();
    names.put("plural", plural).put("singular", singular);
    list(names, "shortNames", shortNames);
    names.put("kind", kind).put("listKind", listKind);
    list(names, "categories", categories);
  }

  private static void list(ObjectNode names, String member, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = names.putArray(member);
      texts.forEach(list::add);
    }
  }
}
