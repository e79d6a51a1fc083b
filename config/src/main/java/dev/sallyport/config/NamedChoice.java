package dev.sallyport.config;

/** One of several words that a field or flag may hold. */
public interface NamedChoice {

  /** As it stands there. */
  String text();
}
