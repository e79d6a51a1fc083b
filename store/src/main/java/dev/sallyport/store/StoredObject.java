package dev.sallyport.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as it is served, with what selectors need parsed once. Immutable but for the slot that
 * keeps one derived form (such as its table row) for as long as the object lives.
 */
public final class StoredObject {

  private final Key key;
  private final long revision;
  private final byte[] json;
  private final int revisionOffset;
  private final int headLength;
  private final String uid;
  private final Map<String, String> labels;
  private final Map<String, String> fields;
  private volatile @Nullable Object derived;

  private StoredObject(Key key, long revision, byte[] json, Draft facts) {
    this.key = key;
    this.revision = revision;
    this.json = json;
    this.revisionOffset = facts.revisionOffset();
    this.headLength = facts.headLength();
    this.uid = facts.uid();
    this.labels = Map.copyOf(facts.labels());
    this.fields = Map.copyOf(facts.fields());
  }

  private StoredObject(StoredObject other, long revision, byte[] json) {
    this.key = other.key;
    this.revision = revision;
    this.json = json;
    this.revisionOffset = other.revisionOffset;
    this.headLength = other.headLength;
    this.uid = other.uid;
    this.labels = other.labels;
    this.fields = other.fields;
  }

  /** The draft with its revision written into it. */
  public static StoredObject of(Key key, long revision, Draft draft) {
    byte[] json = RevisionMember.insert(draft.json(), draft.revisionOffset(), revision);
    return new StoredObject(key, revision, json, draft);
  }

  /** A state that was never stored, such as a dry run's: its JSON has no revision. */
  public static StoredObject unsaved(Key key, Draft draft) {
    return new StoredObject(key, 0, draft.json(), draft);
  }

  /** The same state as of another revision: the last state a deletion tells of. */
  public StoredObject withRevision(long newRevision) {
    byte[] bare = jsonWithoutRevision();
    return new StoredObject(
        this, newRevision, RevisionMember.insert(bare, revisionOffset, newRevision));
  }

  /** A copy of the JSON as it was in the {@link Draft}. */
  public byte[] jsonWithoutRevision() {
    return RevisionMember.remove(json, revisionOffset, revision);
  }

  /** Whether writing the draft would change nothing but the revision. */
  public boolean isSameAs(Draft draft) {
    return draft.revisionOffset() == revisionOffset
        && RevisionMember.isInserted(json, revisionOffset, revision, draft.json());
  }

  public Key key() {
    return key;
  }

  /** The revision of the write that made this state: its resourceVersion. */
  public long revision() {
    return revision;
  }

  /** The canonical JSON, resourceVersion included. Shared: never change it. */
  public byte[] json() {
    return json;
  }

  /** See {@link Draft#headLength()}. */
  public int headLength() {
    return headLength;
  }

  public String uid() {
    return uid;
  }

  public Map<String, String> labels() {
    return labels;
  }

  public Map<String, String> fields() {
    return fields;
  }

  /** What {@link #keepDerived} kept last, or null. */
  public @Nullable Object derived() {
    return derived;
  }

  /** Keeps a form derived from the JSON; a race keeps either. */
  public void keepDerived(Object form) {
    derived = form;
  }
}
