package dev.sallyport.authz.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of one YAML mapping; what is not as expected is noted with its place. */
final class Fields {

  private final String place;
  private final Map<?, ?> map;
  private final List<String> faults;

  Fields(String place, @Nullable Object content, List<String> faults) {
    this.place = place;
    this.faults = faults;
    if (content instanceof Map<?, ?> mapping) {
      this.map = mapping;
    } else {
      this.map = Map.of();
      if (content != null) {
        fault("is no mapping");
      }
    }
  }

  void fault(String what) {
    faults.add(place + ": " + what);
  }

  void onlyFields(Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    for (Object key : map.keySet()) {
      if (!(key instanceof String name && known.contains(name))) {
        unknown.add(String.valueOf(key));
      }
    }
    if (!unknown.isEmpty()) {
      fault("unknown field " + String.join(", ", unknown));
    }
  }

  /** The text of a field, or "". */
  String text(String field) {
    Object value = map.get(field);
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    fault(field + ": no text");
    return "";
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(field)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        fault(field + ": holds what is no text");
      }
    }
    return texts;
  }

  Fields object(String field) {
    return new Fields(place + ": " + field, map.get(field), faults);
  }

  List<Fields> objects(String field) {
    List<Fields> objects = new ArrayList<>();
    for (Object element : list(field)) {
      objects.add(new Fields(place + ": " + field + "[" + objects.size() + "]", element, faults));
    }
    return objects;
  }

  private List<?> list(String field) {
    Object value = map.get(field);
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null) {
      fault(field + ": no list");
    }
    return List.of();
  }
}
