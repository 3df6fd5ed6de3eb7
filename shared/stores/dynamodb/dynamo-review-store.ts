import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type MoveRefusal, moved, type Review, type ReviewMove } from '../../domain/reviews/review.ts';
import {
  type ReceiveOutcome,
  type ReviewStore,
  ReviewStoreUnavailable,
} from '../../domain/reviews/review-store.ts';
import { nameOf } from '../../observability/describe-error.ts';
import { batchGet } from './batch-get.ts';
import { withFullJitter } from './full-jitter.ts';
import { itemsOfPages } from './items-of-pages.ts';
import { threeYearsAfter } from './retention.ts';
import {
  type ReviewItem,
  reviewItemSchema,
  reviewItemsSchemaVersion,
  reviewKeys,
  reviewPlaceItemSchema,
} from './review-items.ts';
import { ifAbsent } from './write-conditions.ts';
import { type TransactWrites, writeTogether } from './write-together.ts';

/** Tries in all while others change the same review. */
const attempts = 8;

/** {@link ReviewStore} in the `decisions` table. All reads of a single review are consistent. */
export class DynamoReviewStore implements ReviewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async receive(review: Review): Promise<ReceiveOutcome> {
    const places = [reviewKeys.ofResident(review), reviewKeys.open(review)].map((key) =>
      reviewPlaceItemSchema.parse({
        ...key,
        type: 'review-place',
        schemaVersion: reviewItemsSchemaVersion,
        reviewId: review.id,
        expiresAt: threeYearsAfter(review.receivedAt),
      }),
    );
    const TransactItems = [itemOf(review, 0), ...places].map((Item) => ({
      Put: { TableName: this.#table, Item, ...ifAbsent },
    }));
    if (await this.#write(TransactItems)) return { outcome: 'received', review };
    const standing = await this.#read(review.id);
    // Another request of the same id is on its way, or was cut off: whoever asks again finds what stands then.
    if (standing === null) throw new ReviewStoreUnavailable('Another request of the same id is on its way.');
    return standing.review.fingerprint === review.fingerprint
      ? { outcome: 'repeated', review: standing.review }
      : { outcome: 'key-reused' };
  }

  async find(id: string): Promise<Review | null> {
    return (await this.#read(id))?.review ?? null;
  }

  async ofResident(residentId: string, limit: number): Promise<readonly Review[]> {
    const { Items = [] } = await this.#answer(
      this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: {
            ':pk': reviewKeys.resident(residentId),
            ':prefix': reviewKeys.residentPrefix,
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
        }),
      ),
    );
    return this.#reviewsAt(Items);
  }

  async *open(): AsyncIterable<Review> {
    const places = itemsOfPages((startKey) =>
      this.#answer(
        this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: 'pk = :pk',
            FilterExpression: 'attribute_not_exists(endedAt)',
            ExpressionAttributeValues: { ':pk': reviewKeys.allOpen },
            Limit: 100,
            ExclusiveStartKey: startKey,
          }),
        ),
      ),
    );
    let page: Record<string, unknown>[] = [];
    for await (const place of places) {
      page.push(place);
      if (page.length < 100) continue;
      yield* await this.#reviewsAt(page);
      page = [];
    }
    yield* await this.#reviewsAt(page);
  }

  async move({ id }: Review, move: ReviewMove): Promise<Review | MoveRefusal> {
    return withFullJitter(
      { attempts },
      async () => {
        const item = await this.#read(id);
        if (item === null) throw new ReviewStoreUnavailable('A request for review is gone.');
        const next = moved(item.review, move);
        if (typeof next === 'string' || next === item.review) return next;
        return (await this.#write(this.#changes(item, next))) ? next : null;
      },
      () => new ReviewStoreUnavailable('Others kept changing this request for review.'),
    );
  }

  /** The review as it is after a move, on condition that it is as it was read; one that has ended is not listed as open. */
  #changes(item: ReviewItem, next: Review) {
    const { revision, review } = itemOf(next, item.revision + 1);
    const change = {
      Update: {
        TableName: this.#table,
        Key: reviewKeys.review(next.id),
        UpdateExpression: 'SET review = :review, revision = :next',
        ConditionExpression: 'revision = :expected',
        ExpressionAttributeValues: { ':review': review, ':next': revision, ':expected': item.revision },
      },
    };
    if (next.endedAt === null) return [change];
    const close = {
      Update: {
        TableName: this.#table,
        Key: reviewKeys.open(next),
        // DynamoDB removes it some time after; no function may delete here.
        UpdateExpression: 'SET endedAt = :endedAt, expiresAt = :now',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: {
          ':endedAt': next.endedAt,
          ':now': Math.floor(Date.parse(next.endedAt) / 1_000),
        },
      },
    };
    return [change, close];
  }

  /** The reviews that these places name, in their order. */
  async #reviewsAt(places: readonly Record<string, unknown>[]): Promise<Review[]> {
    const ids = places.map((place) => readPlace(place).reviewId);
    const items = await this.#answer(batchGet(this.#client, this.#table, ids.map(reviewKeys.review)));
    const found = new Map(items.map(read).map(({ review }) => [review.id, review]));
    return ids.map((id) => found.get(id)).filter((review) => review !== undefined);
  }

  /** False: a condition did not hold, or another transaction is under way; nothing was written. */
  #write(writes: TransactWrites): Promise<boolean> {
    return this.#answer(writeTogether(this.#client, writes));
  }

  async #read(id: string): Promise<ReviewItem | null> {
    const { Item } = await this.#answer(
      this.#client.send(
        new GetCommand({ TableName: this.#table, Key: reviewKeys.review(id), ConsistentRead: true }),
      ),
    );
    return Item === undefined ? null : read(Item);
  }

  async #answer<Output>(sent: Promise<Output>): Promise<Output> {
    try {
      return await sent;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function itemOf(review: Review, revision: number): ReviewItem {
  return reviewItemSchema.parse({
    ...reviewKeys.review(review.id),
    type: 'review',
    schemaVersion: reviewItemsSchemaVersion,
    revision,
    review,
    expiresAt: threeYearsAfter(review.receivedAt),
  });
}

/** An item of another form is nobody's fault who asks: unavailable, as when there is no answer. */
function read(stored: Record<string, unknown>): ReviewItem {
  const { data, error } = reviewItemSchema.safeParse(stored);
  if (error !== undefined) throw unavailable(error);
  return data;
}

function readPlace(stored: Record<string, unknown>) {
  const { data, error } = reviewPlaceItemSchema.safeParse(stored);
  if (error !== undefined) throw unavailable(error);
  return data;
}

function unavailable(error: unknown): ReviewStoreUnavailable {
  return new ReviewStoreUnavailable(`The review store did not answer: ${nameOf(error)}.`, { cause: error });
}
