package dev.sallyport.config.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All flags of one command, by section and by name. */
public final class FlagTable {
  private final List<FlagSection> sections;
  private final Map<String, Flag<?>> byName = new LinkedHashMap<>();
  private final Map<String, Flag<?>> aliases = new LinkedHashMap<>();
  private final Map<Character, Flag<?>> byShorthand = new LinkedHashMap<>();

  public FlagTable(List<FlagSection> sections) {
    this.sections = List.copyOf(sections);
    for (FlagSection section : sections) {
      section.flags().forEach(this::index);
      aliases.putAll(section.aliases());
    }
  }

  public List<FlagSection> sections() {
    return sections;
  }

  /** The flag of that name; an underscore counts as a dash, as in Kubernetes' components. */
  public Optional<Flag<?>> find(String name) {
    String dashed = name.replace('_', '-');
    Flag<?> flag = byName.get(dashed);
    return Optional.ofNullable(flag == null ? aliases.get(dashed) : flag);
  }

  /** What is in force, as one would type it, by name. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    byName.forEach((name, flag) -> texts.put(name, flag.text()));
    return texts;
  }

  Optional<Flag<?>> find(char shorthand) {
    return Optional.ofNullable(byShorthand.get(shorthand));
  }

  /** The name that takes the fewest letters to change into; empty if none is near. */
  public Optional<String> nearest(String name) {
    return NearestName.of(name.replace('_', '-'), byName.keySet());
  }

  private void index(Flag<?> flag) {
    if (byName.put(flag.name(), flag) != null) {
      throw new IllegalStateException("two flags of the name " + flag.name());
    }
    if (flag.shorthand() != 0) {
      byShorthand.put(flag.shorthand(), flag);
    }
  }
}
