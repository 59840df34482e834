use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tests::app::App;
use tests::client::Client;
use tests::fill::Fill;
use tests::report;

use super::model::{Listed, Wish, jobs, wish};
use super::{ids, list, pairs};

/// Ages are odd multiples of half an hour or so: no job expires while the test runs.
const FILL: Fill = Fill { jobs: 900, organizations: 4, days: 21 };
const QUERIES: usize = 80;
/// Pages of a walk, at most: more means that it goes in circles.
const MAX_PAGES: usize = 1_000;

struct Query {
    wishes: Vec<Wish>,
    ascending: bool,
    limit: usize,
}

impl Query {
    fn random(random: &mut StdRng, jobs: &[Listed], days: &[String]) -> Self {
        let mut wishes: Vec<Wish> = Vec::new();
        for _ in 0..random.random_range(0..4) {
            let next = wish(random, jobs, days);
            if !wishes.iter().any(|wish| clash(wish, &next)) {
                wishes.push(next);
            }
        }
        Self { wishes, ascending: random.random_bool(0.5), limit: random.random_range(3..=40) }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> =
            self.wishes.iter().map(|wish| (wish.name.to_owned(), wish.value.clone())).collect();
        pairs.push(("limit".to_owned(), self.limit.to_string()));
        if self.ascending {
            pairs.push(("order".to_owned(), "asc".to_owned()));
        }
        pairs
    }

    /// The ids of all pages, by the model.
    fn expected(&self, jobs: &[Listed], organization: &str) -> Vec<String> {
        let mine = jobs.iter().filter(|job| job.organization == organization);
        let mut ids: Vec<String> =
            mine.filter(|job| self.wishes.iter().all(|wish| wish.suits(job))).map(|job| job.id.to_string()).collect();
        if !self.ascending {
            ids.reverse();
        }
        ids
    }
}

/// Whether two parameters cannot be given together.
fn clash(one: &Wish, other: &Wish) -> bool {
    let same = |name: &str| if name == "workflow_block_id" { "workflow_node_id".to_owned() } else { name.to_owned() };
    let api = |wish: &Wish| wish.name == "source" && wish.value == "api";
    let named = |wish: &Wish| matches!(wish.name, "project_id" | "workflow_id");
    same(one.name) == same(other.name) || api(one) && named(other) || api(other) && named(one)
}

/// Every page by `after`, from the first on.
async fn walk_forward(client: &Client, query: &Query, expected: &[String]) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..MAX_PAGES {
        let mut pairs = query.pairs();
        pairs.extend(seen.last().map(|id| ("after".to_owned(), id.clone())));
        let answer = list(client, &pairs).await;
        let page = ids(&answer);
        assert!(page.len() <= query.limit);
        seen.extend(page);
        assert_eq!(answer.body["has_more"], seen.len() < expected.len(), "{pairs:?} after {} jobs", seen.len());
        if seen.len() >= expected.len() {
            return seen;
        }
    }
    panic!("{:?} does not end", query.pairs());
}

/// Every page by `before`, from the last job back.
async fn walk_back(client: &Client, query: &Query, expected: &[String]) -> Vec<String> {
    let mut seen: Vec<String> = expected.last().cloned().into_iter().collect();
    while let Some(first) = seen.first().cloned() {
        let mut pairs = query.pairs();
        pairs.push(("before".to_owned(), first));
        let answer = list(client, &pairs).await;
        let page = ids(&answer);
        assert!(page.len() <= query.limit);
        let left = expected.len() - seen.len();
        assert_eq!(page.len(), left.min(query.limit), "{pairs:?}");
        assert_eq!(answer.body["has_more"], left > query.limit, "{pairs:?}");
        if page.is_empty() {
            break;
        }
        seen.splice(0..0, page);
    }
    seen
}

#[tokio::test]
async fn pages_are_those_of_a_model_that_looks_at_every_job() {
    let app = App::builder("pages_are_those_of_a_model").workers(0).start().await;
    let sql = app.database().connect().await;
    FILL.into(&sql).await;
    let all = jobs(&sql).await;
    let days: Vec<String> = sql
        .query("select to_char((now() at time zone 'utc')::date - n, 'YYYY-MM-DD') from generate_series(-1, 22) n", &[])
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let mut clients = Vec::new();
    for name in ["filled-1", "filled-2", "filled-3", "filled-4"] {
        clients.push((name, app.client_of(name).await));
    }
    let seed = tests::number("RACE_SEED").unwrap_or_else(rand::random);
    report(format_args!("seed {seed}"));
    let mut random = StdRng::seed_from_u64(seed);
    let (mut listed, mut empty) = (0, 0);
    for _ in 0..QUERIES {
        let query = Query::random(&mut random, &all, &days);
        let (name, client) = &clients[random.random_range(0..clients.len())];
        let expected = query.expected(&all, name);
        assert_eq!(walk_forward(client, &query, &expected).await, expected, "{name}: {:?}", query.pairs());
        assert_eq!(walk_back(client, &query, &expected).await, expected, "{name}: {:?}", query.pairs());
        listed += expected.len();
        empty += usize::from(expected.is_empty());
    }
    report(format_args!("{QUERIES} queries listed {listed} jobs, {empty} of them none"));
    assert!(listed > 0 && empty < QUERIES / 2, "the queries were not worth asking");
    Fill::remove(&sql).await;
    app.finish().await;
}

#[tokio::test]
async fn each_parameter_alone_narrows_as_the_model_says() {
    let app = App::builder("each_parameter_alone_narrows").workers(0).start().await;
    let sql = app.database().connect().await;
    FILL.into(&sql).await;
    let all = jobs(&sql).await;
    let client = app.client_of("filled-1").await;
    let days = vec![
        sql.query_one("select to_char((now() at time zone 'utc')::date - 5, 'YYYY-MM-DD')", &[]).await.unwrap().get(0),
    ];
    let mut random = StdRng::seed_from_u64(7);
    let mut narrowed = std::collections::BTreeMap::new();
    // Enough throws for each kind of parameter to come up several times.
    for _ in 0..150 {
        let wishes = vec![wish(&mut random, &all, &days)];
        let query = Query { wishes, ascending: false, limit: 100 };
        let expected = query.expected(&all, "filled-1");
        assert_eq!(walk_forward(&client, &query, &expected).await, expected, "{:?}", query.pairs());
        *narrowed.entry(query.wishes[0].name).or_insert(0) += expected.len();
    }
    report(format_args!("jobs listed by each parameter: {narrowed:?}"));
    assert_eq!(narrowed.len(), 15, "{narrowed:?}");
    // An id may be another organization's.
    assert!(narrowed.iter().all(|(name, count)| *count > 0 || *name == "id"), "{narrowed:?}");
    Fill::remove(&sql).await;
    app.finish().await;
}

#[tokio::test]
async fn an_organization_lists_its_own_jobs_and_another_ones_cursor_is_no_cursor() {
    let app = App::builder("an_organization_lists_its_own_jobs").workers(0).start().await;
    let sql = app.database().connect().await;
    FILL.into(&sql).await;
    let (mine, other) = (app.client_of("filled-1").await, app.client_of("filled-2").await);
    let theirs = ids(&list(&other, &[]).await);
    assert_eq!(theirs.len(), 20);
    for name in ["after", "before"] {
        for id in [theirs[3].as_str(), "job_0PtoP0n-zhx5Kd3cN2kQa", "nonsense"] {
            let answer = list(&mine, &pairs(&[(name, id)])).await;
            assert_eq!((answer.code, answer.error_code()), (400, "invalid_cursor"), "{name}={id}: {}", answer.body);
            assert_eq!(answer.body["detail"]["details"]["path"], format!("query.{name}"));
        }
        assert_eq!(list(&other, &pairs(&[(name, &theirs[3])])).await.code, 200);
    }
    assert!(ids(&list(&mine, &pairs(&[("id", &theirs[3])])).await).is_empty());
    assert_eq!(ids(&list(&other, &pairs(&[("job_id", &theirs[3])])).await), theirs[3..4]);
    assert!(ids(&list(app.client(), &[]).await).is_empty(), "an organization without jobs");
    assert_eq!(app.client().with_key(None).get("/v1/jobs").await.code, 401);
    Fill::remove(&sql).await;
    app.finish().await;
}
