package dev.sallyport.config.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping of a document. Asking for a field makes it known; whatever is not as
 * expected is noted with its place ({@code jwt[0].issuer.url}) and counts as missing. For one
 * thread, once.
 */
public final class Fields {
  private final String place;
  private final Map<?, ?> map;
  private final List<String> faults;
  private final Set<String> known = new HashSet<>();
  private final List<Fields> inside = new ArrayList<>();

  Fields(String place, @Nullable Object content, List<String> faults) {
    this.place = place;
    this.faults = faults;
    if (content instanceof Map<?, ?> mapping) {
      this.map = mapping;
    } else {
      this.map = Map.of();
      if (content != null) {
        fault("is no mapping of fields");
      }
    }
  }

  /** Where this mapping stands in its document; "" for the document itself. */
  public String place() {
    return place;
  }

  /** Where a field of it stands. */
  public String place(String field) {
    return place.isEmpty() ? field : place + "." + field;
  }

  /** Notes what is wrong with the mapping as a whole. */
  public void fault(String what) {
    faults.add(place.isEmpty() ? what : place + ": " + what);
  }

  /** Notes what is wrong with a field; the text goes to logs, so it quotes no secret. */
  public void fault(String field, String what) {
    faults.add(place(field) + ": " + what);
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return value(field) != null;
  }

  /** Whether the field holds a mapping; this does not make it known. */
  public boolean isObject(String field) {
    return map.get(field) instanceof Map<?, ?>;
  }

  /** The text of a field, or "" when it is missing. */
  public String text(String field) {
    return optionalText(field).orElse("");
  }

  /** The text of a field; empty only when it is missing. */
  public Optional<String> optionalText(String field) {
    return of(field, String.class, "a text");
  }

  /** A text, or true or false as a text. */
  public Optional<String> word(String field) {
    return value(field) instanceof Boolean flag
        ? Optional.of(flag.toString())
        : of(field, String.class, "a word");
  }

  public Optional<Boolean> bool(String field) {
    return of(field, Boolean.class, "true or false");
  }

  /** A whole number that fits an int. */
  public Optional<Integer> integer(String field) {
    return of(field, Integer.class, "a whole number");
  }

  /** The texts of a list; empty when it is missing. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(field)) {
      if (item instanceof String text) {
        texts.add(text);
      } else {
        fault(field + "[" + texts.size() + "]", "expected a text");
      }
    }
    return texts;
  }

  /** The mapping of a field; without fields when it is missing. */
  public Fields object(String field) {
    return keep(new Fields(place(field), value(field), faults));
  }

  /** As {@link #object}, but what else the mapping holds is of no concern to {@link #finish}. */
  public Fields part(String field) {
    return new Fields(place(field), value(field), faults);
  }

  /** The mappings of a list; empty when it is missing. */
  public List<Fields> objects(String field) {
    List<Fields> objects = new ArrayList<>();
    for (Object item : list(field)) {
      String where = place(field) + "[" + objects.size() + "]";
      Object content = item == null ? List.of() : item; // null is no mapping either
      objects.add(keep(new Fields(where, content, faults)));
    }
    return objects;
  }

  /** Notes every field, here and below, that nobody has asked for. */
  public void finish() {
    Set<String> unknown = new TreeSet<>();
    for (Object key : map.keySet()) {
      if (!(key instanceof String name && known.contains(name))) {
        unknown.add(String.valueOf(key));
      }
    }
    for (String name : unknown) {
      fault(name, "unknown field");
    }
    inside.forEach(Fields::finish);
  }

  private Fields keep(Fields fields) {
    inside.add(fields);
    return fields;
  }

  private <T> Optional<T> of(String field, Class<T> type, String expected) {
    Object value = value(field);
    if (value != null && !type.isInstance(value)) {
      fault(field, "expected " + expected);
      return Optional.empty();
    }
    return Optional.ofNullable(type.cast(value));
  }

  private List<?> list(String field) {
    Object value = value(field);
    if (value == null || value instanceof List<?>) {
      return value == null ? List.of() : (List<?>) value;
    }
    fault(field, "expected a list");
    return List.of();
  }

  private @Nullable Object value(String field) {
    known.add(field);
    return map.get(field);
  }
}
