package dev.sallyport.config.flags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags that help shows under one heading. For one thread. */
public final class FlagSection {
  private final String title;
  private final List<Flag<?>> flags = new ArrayList<>();
  private final Map<String, Flag<?>> aliases = new LinkedHashMap<>();

  public FlagSection(String title) {
    this.title = title;
  }

  /** The heading: {@code Secure serving}. */
  public String title() {
    return title;
  }

  /** In the order they were added. */
  public List<Flag<?>> flags() {
    return Collections.unmodifiableList(flags);
  }

  /** Other names under which flags are taken, as other programs have them. */
  public Map<String, Flag<?>> aliases() {
    return Collections.unmodifiableMap(aliases);
  }

  /** Takes a flag under another name too. */
  public void alias(String name, Flag<?> flag) {
    aliases.put(name, flag);
  }

  /** Adds a flag that has a default. */
  public <T> Flag<T> flag(String name, ValueType<T> type, String defaultText, String help) {
    return flag(name, '\0', type, defaultText, help);
  }

  /** Adds a flag that a single letter stands for too. */
  public <T> Flag<T> flag(
      String name, char shorthand, ValueType<T> type, String defaultText, String help) {
    Flag<T> flag = new Flag<>(name, shorthand, type, defaultText, help);
    flags.add(flag);
    return flag;
  }
}
