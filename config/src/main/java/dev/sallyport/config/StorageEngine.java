package dev.sallyport.config;

/** What keeps the objects ({@code --storage-engine}). */
public enum StorageEngine {
  /** A database in the data directory: acknowledged is durable. */
  EMBEDDED("embedded"),
  /** Nothing outlives the process: for tests. */
  MEMORY("memory");

  private final String flagValue;

  StorageEngine(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
