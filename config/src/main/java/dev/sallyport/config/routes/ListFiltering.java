package dev.sallyport.config.routes;

import dev.sallyport.config.NamedChoice;

/** Whether lists across namespaces are answered with just what the caller may see. */
public enum ListFiltering implements NamedChoice {
  /** They are refused to whoever may not see all. */
  OFF("false"),
  /** With what any of the caller's bindings gives. */
  ALL("true"),
  /** With what bindings with the label for it give. */
  LABELLED("labelled");

  private final String text;

  ListFiltering(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
